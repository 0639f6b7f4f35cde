//! The town of the demonstration: two communities, their grids and member units.

/// A community.
pub struct Community {
    pub slug: &'static str,
    pub name: &'static str,
    pub parent: Option<&'static str>,
}

pub struct Grid {
    pub community: &'static str,
    pub slug: &'static str,
    pub name: &'static str,
    pub lead: &'static str,
}

/// A member unit; both communities have one of each.
pub struct Unit {
    pub slug: &'static str,
    pub name: &'static str,
    pub categories: &'static [&'static str],
    pub capacity: i64,
    /// Kind and name, as the resource list has them.
    pub resources: &'static [(&'static str, &'static str)],
}

pub const TOWN: &str = "qinghe";
/// Where most of it happens.
pub const MAIN: &str = "hubin";
pub const OTHER: &str = "dongyuan";

pub const COMMUNITIES: [Community; 3] = [
    Community { slug: TOWN, name: "清河镇", parent: None },
    Community { slug: MAIN, name: "湖滨社区", parent: Some(TOWN) },
    Community { slug: OTHER, name: "东园社区", parent: Some(TOWN) },
];

const fn grid(community: &'static str, slug: &'static str, name: &'static str, lead: &'static str) -> Grid {
    Grid { community, slug, name, lead }
}

pub const GRIDS: [Grid; 9] = [
    grid(MAIN, "g1", "第一网格（湖滨里）", "周建国"),
    grid(MAIN, "g2", "第二网格（柳荫里）", "吴秀兰"),
    grid(MAIN, "g3", "第三网格（荷塘苑）", "郑国强"),
    grid(MAIN, "g4", "第四网格（学府苑）", "冯玉梅"),
    grid(MAIN, "g5", "第五网格（文昌里）", "陈志远"),
    grid(MAIN, "g6", "第六网格（商业街）", "褚海燕"),
    grid(OTHER, "e1", "东一网格", "卫东升"),
    grid(OTHER, "e2", "东二网格", "蒋丽华"),
    grid(OTHER, "e3", "东三网格", "沈立新"),
];

/// Units of the smaller community are named for it.
pub const UNITS: [Unit; 9] = [
    Unit {
        slug: "wuye",
        name: "物业服务中心",
        categories: &["城乡建设/住房保障与房地产", "城乡建设/城市建设和市政管理/小区管理", "商贸旅游/质监检验检疫"],
        capacity: 24,
        resources: &[("people", "维修工六人"), ("skill", "电梯应急救援")],
    },
    Unit {
        slug: "gongshui",
        name: "自来水营业所",
        categories: &["城乡建设/城市建设和市政管理/自来水供应"],
        capacity: 10,
        resources: &[("people", "抢修队四人"), ("skill", "水质检测")],
    },
    Unit {
        slug: "gongdian",
        name: "供电所",
        categories: &["城乡建设/城市建设和市政管理/电力供应", "科技与信息产业/电信"],
        capacity: 10,
        resources: &[("people", "电工五人"), ("skill", "带电作业")],
    },
    Unit {
        slug: "chengguan",
        name: "城管执法中队",
        categories: &["城乡建设/城市建设和市政管理", "城乡建设/城乡规划", "环境保护/环境污染"],
        capacity: 30,
        resources: &[("people", "队员十二人"), ("time", "夜间巡查")],
    },
    Unit {
        slug: "yuanlin",
        name: "园林环卫所",
        categories: &["城乡建设/城市建设和市政管理/园林绿化", "城乡建设/城市建设和市政管理/环境卫生"],
        capacity: 20,
        resources: &[("people", "保洁二十人"), ("skill", "高空修剪")],
    },
    Unit {
        slug: "paichusuo",
        name: "派出所",
        categories: &["政法/社会治安", "政法/交通管理", "政法/户籍证件"],
        capacity: 20,
        resources: &[("people", "社区民警四人"), ("time", "二十四小时值班")],
    },
    Unit {
        slug: "weisheng",
        name: "卫生服务站",
        categories: &["卫生计生"],
        capacity: 12,
        resources: &[("skill", "全科医生"), ("room", "健康小屋")],
    },
    Unit {
        slug: "sifa",
        name: "司法所",
        categories: &["政法/仲裁与调解", "政法/法律服务"],
        capacity: 12,
        resources: &[("skill", "人民调解员"), ("room", "调解室")],
    },
    Unit {
        slug: "yanglao",
        name: "养老服务中心",
        categories: &["民政", "教育文体/文化"],
        capacity: 16,
        resources: &[("room", "老年食堂"), ("people", "护理员八人")],
    },
];

pub const ROADS: [&str; 6] = ["湖滨路", "柳荫街", "文昌巷", "清河大道", "学府路", "荷塘弄"];
