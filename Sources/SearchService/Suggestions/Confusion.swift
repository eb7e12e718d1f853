/// Characters that are written for others which look like them, by groups.
///
/// Written by hand: what school books and proof-readers' lists of Chinese warn of (己已巳, 戊戌戍, 未末). Where both are also
/// read alike, the reading is what a correction names.
enum Confusion {
  private static let groups = """
    己已巳 未末 戊戌戍 日曰 土士 干千于 人入八 大太犬 天夭夫 王玉 田由甲申 电申 目自 白百 木本术 今令 午牛 刀刁 几儿 卫卩 贝见
    仓仑 乌鸟 岛鸟 免兔 冶治 历厉 折拆析 拨拔 捐损 暑署 晴睛 辩辨辫 遗遣 赢嬴羸 侯候 徒徙 陪赔 部陪 蓝篮 竞竟 栗粟 茶荼 崇祟
    抡抢 沧沦 盲肓 肄肆 股般 胄胃 获荻 薄簿 菅管 蔑篾 券卷 戴载 栽裁 撤撒 斤斥 段叚 毫豪 没设 洒酒 准淮 凉谅 划戈 刺剌 待侍
    持待 使便 住往 仲伸 仿访 任仕 代伐 位拉 体休 余佘 侧测 坏环 圮圯 坚竖 埋理 境镜 墓幕慕 壁璧 寨塞 夸垮 孤狐 宣宜 密蜜 届屈
    帅师 帐账 象像 堂常 幅副 床庆 弛驰 形刑 徽微 快块 怜怆 恨狠 悟梧 情请清 愤喷 慎填 抄钞 抗杭 抵低 构购沟 睁挣 挽晚 描瞄
    堤提 模摸 操燥澡 敝敞 料科 族旋 旦但 晓晚 暖缓 曝爆瀑 抹末 枚枝 查杳 柜拒 桔枯 捡检 棉绵 推椎 概慨 榜膀 欧殴 此比 永水
    沉沈 泄泻 泊怕 洁结 洽恰 梳流 浅线 浑晖 渎读 渔鱼 滞带 漫慢 灾炎 炼练 烧浇 热执 熟热 犯狂 狭峡 现观 瓜爪 甘廿 疆僵 盆盖
    直真 眠眼 睹赌 研砑 坡破 确碓 详祥 票漂 租祖阻组 职识织 税悦 隐稳 究穷 竣峻 第弟 签鉴 简筒 纪记 钝纯 呐纳 径经 绍绝 绪诸
    续读 综宗 缔谛 缴激 罚罪 群裙 耍要 胁协 脏赃 腐府 膨澎 艰难 若苦 范泛 荒谎 营管 衔衡 诉诈 诚城 诬巫 误悟 调凋 歉谦 谨勤
    负贡 责贵 贷货 盾质 贯惯 贸贺 弗费 资贷 赋武 赏尝 越趟 跟根 距拒 踏蹋 转传 轮论 愉输 迁迂 述迹 遐退 适括 逐遂 逾愈 遇偶
    遍偏 道首 邮由 酉配 采彩 释译 野墅 银根 锁销 锻段 镇填 防妨 限很 验险 陵凌 陷馅 章障 霉莓 须顷 预顶 颁颂 额颜 风凤 饮饭
    """

  private static let byCharacter: [UInt16: Set<UInt16>] = {
    var found: [UInt16: Set<UInt16>] = [:]
    for group in groups.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let characters = Set(group.utf16)
      for character in characters { found[character, default: []].formUnion(characters.subtracting([character])) }
    }
    return found
  }()

  /// The characters that one may have been written for.
  static func characters(like character: UInt16) -> Set<UInt16> { byCharacter[character] ?? [] }
}
