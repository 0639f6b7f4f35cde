//! The search finds exactly the requests that contain the text.

use sandan_domain::RequestId;
use sandan_views::{Filter, Sight, State};
use unicode_normalization::UnicodeNormalization;

use crate::naive::{Life, lives};
use crate::world::{World, id};

fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

fn containing(lives: &[Life], part: &str, keep: impl Fn(&Life) -> bool) -> Vec<RequestId> {
    let part = folded(part);
    let contains = |life: &&Life| life.texts.iter().any(|text| folded(text).contains(&part));
    lives.iter().rev().filter(contains).filter(|life| keep(life)).map(|life| life.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn any_part_of_the_texts_is_found_and_nothing_else() {
    for seed in 40..42 {
        let mut world = World::new(seed);
        let folder = tempfile::tempdir().unwrap();
        world.settle().await;
        world.live(300).await;
        let running = world.views(folder.path()).await;
        let lives = lives(&world);
        let texts: Vec<String> = lives.iter().flat_map(|life| life.texts.clone()).collect();
        let mut parts: Vec<String> =
            ["灯", "\"", "*", "a", "A", "ｶﾞ", "ガ", "SS", "ß", " ", "pipe路", "x", "不存在", "0"]
                .map(str::to_owned)
                .to_vec();
        for _ in 0..80 {
            let text: Vec<char> = world.chance.pick(&texts).chars().collect();
            let from = world.chance.below(text.len());
            let length = 1 + world.chance.below(text.len() - from);
            parts.push(text[from..from + length].iter().collect());
        }
        for part in parts {
            let q = Some(part.clone());
            let filter = Filter { q: q.clone(), ..Filter::default() };
            let page = running.views.requests(&Sight::All, &filter, None, 500).await.unwrap();
            let found: Vec<RequestId> = page.items.iter().map(|row| row.id).collect();
            assert_eq!(found, containing(&lives, &part, |_| true), "{part:?}");

            let filter = Filter { q, community: Some(id("town")), state: Some(State::Filed), ..Filter::default() };
            let sight = Sight::Set(vec![id("river"), id("far")]);
            let (mut found, mut cursor) = (Vec::new(), None);
            loop {
                let page = running.views.requests(&sight, &filter, cursor, 3).await.unwrap();
                found.extend(page.items.iter().map(|row| row.id));
                cursor = page.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            let fits = |life: &Life| life.community() == "river" && life.case.stage.name() == "filed";
            assert_eq!(found, containing(&lives, &part, fits), "{part:?}");
        }
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn random_texts_of_mixed_scripts_are_found_by_their_parts() {
    const LETTERS: [char; 28] = [
        'a',
        'B',
        '1',
        '２',
        ' ',
        '\n',
        '，',
        '。',
        '"',
        '\'',
        '*',
        '-',
        '社',
        '区',
        'É',
        'é',
        '\u{301}',
        'ß',
        'Σ',
        'σ',
        'ς',
        '한',
        'ア',
        'ｱ',
        '😀',
        'ﬁ',
        '\u{200d}',
        '\u{1f3fd}',
    ];
    let mut world = World::new(43);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let mut texts = Vec::new();
    for _ in 0..60 {
        let length = 1 + world.chance.below(30);
        let words: String = (0..length).map(|_| world.chance.of(&LETTERS)).collect();
        if words.trim().is_empty() {
            continue;
        }
        let file = world.plain("river", &words);
        texts.push(words.trim().to_owned());
        world.files(file).await;
    }
    let running = world.views(folder.path()).await;
    let lives = lives(&world);
    for _ in 0..300 {
        let text: Vec<char> = world.chance.pick(&texts).chars().collect();
        let from = world.chance.below(text.len());
        let length = 1 + world.chance.below((text.len() - from).min(5));
        let part: String = text[from..from + length].iter().collect();
        let filter = Filter { q: Some(part.clone()), ..Filter::default() };
        let page = running.views.requests(&Sight::All, &filter, None, 500).await.unwrap();
        let found: Vec<RequestId> = page.items.iter().map(|row| row.id).collect();
        assert_eq!(found, containing(&lives, &part, |_| true), "{part:?}");
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_persons_words_are_gone_from_tables_and_search() {
    let mut world = World::new(44);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let file = world.plain("river", "我家的秘密");
    let person = file.requester.person;
    let request = world.files(file).await;
    let file = world.plain("river", "别人的秘密");
    let other = world.files(file).await;
    let running = world.views(folder.path()).await;
    let secret = Filter { q: Some("秘密".to_owned()), ..Filter::default() };
    let found = async |views: &sandan_views::Views| {
        let page = views.requests(&Sight::All, &secret, None, 10).await.unwrap();
        page.items.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(found(&running.views).await, [other, request]);
    world.vault.forget(person).await.unwrap();
    running.views.forget(person).await.unwrap();
    for again in 0..2 {
        assert_eq!(found(&running.views).await, [other]);
        let shown = running.views.request(&Sight::All, request).await.unwrap().unwrap();
        assert_eq!((shown.description, shown.requester.name, shown.requester.phone), (None, None, None));
        let signers = running.views.signers(&Sight::All, request).await.unwrap();
        assert_eq!((signers.len(), signers[0].name.clone()), (1, None));
        if again == 0 {
            running.views.rebuild(|_| {}).await.unwrap();
        }
    }
    running.stop().await;
}
