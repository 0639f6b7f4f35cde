//! Something large, sealed in pieces: neither side ever holds all of it.
//!
//! Each piece is bound to the whole it belongs to, to its place in it, and to whether it is the last: pieces that are
//! missing, moved or taken from elsewhere are noticed, and so is an end that comes too early.

use std::io::{self, ErrorKind, Read, Write};

use rand::Rng;

use crate::error::VaultError;
use crate::key::{Key, OVERHEAD_BYTES};

/// Says what this is. Another number is another format.
const MAGIC: &[u8; 16] = b"sandan sealed 1\n";
const ID_BYTES: usize = 16;
/// Clear bytes of a piece, at most.
const PIECE_BYTES: usize = 64 << 10;
/// Before each piece: whether it is the last, and how many sealed bytes it has.
const HEAD_BYTES: usize = 5;

/// Seals what is written into it. Nothing counts before [`Sealing::finish`].
pub struct Sealing<W> {
    to: W,
    key: Key,
    about: About,
    clear: Vec<u8>,
    sealed: Vec<u8>,
}

/// Opens what [`Sealing`] wrote, as it is read. An error of the kind `InvalidData` says that it is not as it was written,
/// or that another key sealed it; what was read before is genuine, but the whole is not.
pub struct Opening<R> {
    from: R,
    key: Key,
    about: Vec<u8>,
    bound: Option<About>,
    sealed: Vec<u8>,
    clear: Vec<u8>,
    read: usize,
    is_over: bool,
}

/// What a piece is bound to.
struct About {
    whole: Vec<u8>,
    next: u64,
}

impl About {
    fn new(about: &[u8], id: &[u8; ID_BYTES]) -> Self {
        Self { whole: [&id[..], about].concat(), next: 0 }
    }

    /// Of the next piece.
    fn take(&mut self, is_last: bool) -> Vec<u8> {
        let about = [&self.whole[..], &self.next.to_be_bytes(), &[u8::from(is_last)]].concat();
        self.next += 1;
        about
    }
}

impl<W: Write> Sealing<W> {
    pub(crate) fn new(key: &Key, about: &[u8], mut to: W) -> io::Result<Self> {
        let mut id = [0; ID_BYTES];
        rand::rng().fill_bytes(&mut id);
        to.write_all(MAGIC)?;
        to.write_all(&id)?;
        let (clear, sealed) = (Vec::with_capacity(PIECE_BYTES), Vec::with_capacity(PIECE_BYTES + OVERHEAD_BYTES));
        Ok(Self { to, key: key.clone(), about: About::new(about, &id), clear, sealed })
    }

    /// Writes the last piece, and gives back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.write_piece(true)?;
        Ok(self.to)
    }

    fn write_piece(&mut self, is_last: bool) -> io::Result<()> {
        self.sealed.clear();
        let about = self.about.take(is_last);
        self.key.seal(&about, &self.clear, &mut self.sealed).map_err(|error: VaultError| io::Error::other(error))?;
        self.clear.clear();
        let length = u32::try_from(self.sealed.len()).map_err(io::Error::other)?;
        self.to.write_all(&[u8::from(is_last)])?;
        self.to.write_all(&length.to_be_bytes())?;
        self.to.write_all(&self.sealed)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full piece waits until it is known not to be the last.
        if self.clear.len() == PIECE_BYTES && !bytes.is_empty() {
            self.write_piece(false)?;
        }
        let taken = bytes.len().min(PIECE_BYTES - self.clear.len());
        self.clear.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl<R: Read> Opening<R> {
    pub(crate) fn new(key: &Key, about: &[u8], from: R) -> Self {
        let (sealed, clear) = (Vec::new(), Vec::new());
        Self { from, key: key.clone(), about: about.to_owned(), bound: None, sealed, clear, read: 0, is_over: false }
    }

    fn next_piece(&mut self) -> io::Result<()> {
        let mut bound = match self.bound.take() {
            Some(bound) => bound,
            None => self.begin()?,
        };
        let mut head = [0; HEAD_BYTES];
        self.from.read_exact(&mut head).map_err(cut_off)?;
        let [is_last, a, b, c, d] = head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        if is_last > 1 || length > PIECE_BYTES + OVERHEAD_BYTES {
            return Err(damaged());
        }
        self.sealed.resize(length, 0);
        self.from.read_exact(&mut self.sealed).map_err(cut_off)?;
        let clear = self.key.open(&bound.take(is_last == 1), &mut self.sealed).ok_or_else(damaged)?;
        self.clear.clear();
        self.clear.extend_from_slice(clear);
        (self.read, self.is_over, self.bound) = (0, is_last == 1, Some(bound));
        Ok(())
    }

    fn begin(&mut self) -> io::Result<About> {
        let mut start = [0; MAGIC.len() + ID_BYTES];
        self.from.read_exact(&mut start).map_err(cut_off)?;
        let (magic, id) = start.split_first_chunk().ok_or_else(damaged)?;
        let id = id.try_into().map_err(|_| damaged())?;
        if magic != MAGIC { Err(damaged()) } else { Ok(About::new(&self.about, id)) }
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.read == self.clear.len() && !self.is_over {
            self.next_piece()?;
        }
        let given = into.len().min(self.clear.len() - self.read);
        into[..given].copy_from_slice(&self.clear[self.read..self.read + given]);
        self.read += given;
        Ok(given)
    }
}

fn damaged() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "sealed under another key, or damaged")
}

fn cut_off(error: io::Error) -> io::Error {
    match error.kind() {
        ErrorKind::UnexpectedEof => io::Error::new(ErrorKind::InvalidData, "cut off"),
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(key: &Key, clear: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(key, b"about", Vec::new()).unwrap();
        sealing.write_all(clear).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(key: &Key, about: &[u8], sealed: &[u8]) -> io::Result<Vec<u8>> {
        let mut clear = Vec::new();
        Opening::new(key, about, sealed).read_to_end(&mut clear)?;
        Ok(clear)
    }

    #[test]
    fn what_was_sealed_is_opened_whatever_its_length() {
        let key = Key::random();
        for length in [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES] {
            let clear: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            assert_eq!(opened(&key, b"about", &sealed(&key, &clear)).unwrap(), clear, "{length}");
        }
    }

    #[test]
    fn a_changed_byte_a_missing_end_another_key_or_another_purpose_is_noticed() {
        let key = Key::random();
        let good = sealed(&key, &vec![7; 2 * PIECE_BYTES + 5]);
        let refused = |about: &[u8], sealed: &[u8], key: &Key| {
            assert_eq!(opened(key, about, sealed).unwrap_err().kind(), ErrorKind::InvalidData);
        };
        refused(b"another", &good, &key);
        refused(b"about", &good, &Key::random());
        for at in [0, 20, 40, PIECE_BYTES, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            refused(b"about", &bad, &key);
        }
        for length in [0, 10, 40, PIECE_BYTES, good.len() - 1] {
            refused(b"about", &good[..length], &key);
        }
    }

    #[test]
    fn pieces_neither_move_nor_change_sides_nor_end_early() {
        let key = Key::random();
        let (one, two) = (sealed(&key, &vec![1; 3 * PIECE_BYTES]), sealed(&key, &vec![2; 3 * PIECE_BYTES]));
        let (start, piece) = (MAGIC.len() + ID_BYTES, HEAD_BYTES + PIECE_BYTES + OVERHEAD_BYTES);
        let of = |whole: &[u8], nth: usize| whole[start + nth * piece..start + (nth + 1) * piece].to_vec();
        let swapped = [&one[..start], &of(&one, 1), &of(&one, 0), &of(&one, 2)].concat();
        let mixed = [&one[..start], &of(&one, 0), &of(&two, 1), &of(&one, 2)].concat();
        let mut early = [&one[..start], &of(&one, 0)].concat();
        early[start] = 1;
        for bad in [swapped, mixed, early] {
            assert!(opened(&key, b"about", &bad).is_err());
        }
    }
}
