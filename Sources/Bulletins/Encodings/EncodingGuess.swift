/// Tells the two old encodings of Chinese apart, GB18030 (with GBK and GB 2312 in it) and Big5, where nothing names them.
///
/// Most bytes of one are valid in the other. What differs is which characters come out: of the right encoding common ones,
/// and ones from the rows in which each encoding keeps its common characters. Traditional text may be in either.
public struct EncodingGuess {
  /// The encodings to be tried.
  public static let candidates: [TextEncoding] = [.gb18030, .big5]
  /// So many bytes of a file's beginning are enough.
  public static let sampleByteCount = 1 << 16
  /// What is less plausible is no Chinese text.
  private static let least = 0.4

  /// The most plausible encoding so far; nil when none is plausible.
  public private(set) var best: TextEncoding?
  private var bestPlausibility = Self.least

  /// No guess yet.
  public init() {}

  /// Takes a candidate into account: `text` is what `bytes` are in `encoding`.
  public mutating func consider(_ encoding: TextEncoding, _ text: String, of bytes: Span<UInt8>) {
    let plausibility = (Self.commonShare(of: text) + Self.commonRowShare(of: bytes, in: encoding)) / 2
    if plausibility > bestPlausibility { (best, bestPlausibility) = (encoding, plausibility) }
  }

  /// The share of common characters among those that are not ASCII; what no text has counts against it.
  private static func commonShare(of text: String) -> Double {
    var sum = 0.0
    var count = 0.0
    for scalar in text.unicodeScalars where scalar.value >= 0x80 {
      count += 1
      switch scalar.value {
      case 0xFFFD, 0xE000...0xF8FF, 0x80...0x9F: sum -= 2
      case 0x3000...0x303F, 0xFF00...0xFF5E, 0x2010...0x2026: sum += 1
      case _ where CommonCharacters.contains(scalar): sum += 1
      case 0x4E00...0x9FFF: sum += 0.3
      default: break
      }
    }
    return count == 0 ? 0 : sum / count
  }

  /// The share of characters from the rows of punctuation and common characters: GB 2312's first 3,755 ideographs, Big5's
  /// first 5,401.
  private static func commonRowShare(of bytes: Span<UInt8>, in encoding: TextEncoding) -> Double {
    var index = 0
    var (common, count) = (0, 0)
    while index + 1 < bytes.count {
      let (lead, trail) = (bytes[index], bytes[index + 1])
      guard lead >= 0x80 else {
        index += 1
        continue
      }
      index += 2
      count += 1
      switch (encoding, lead, trail) {
      case (.gb18030, 0xA1...0xA3, 0xA1...0xFE), (.gb18030, 0xB0...0xD7, 0xA1...0xFE): common += 1
      case (.big5, 0xA1...0xC6, 0x40...0x7E), (.big5, 0xA1...0xC6, 0xA1...0xFE): common += 1
      default: break
      }
    }
    return count == 0 ? 0 : Double(common) / Double(count)
  }
}

/// The characters that official papers use most, Simplified and Traditional.
private enum CommonCharacters {
  static func contains(_ scalar: Unicode.Scalar) -> Bool { all.contains(scalar) }

  private static let all = Set(
    """
    云县乡镇村省州厅局委府办函令号章条款项附件通知公告印发贯彻执行批准备案申请审登记许可处罚监督检查尾矿库应急预安全生产防汛抗旱森林草原甲乙丙丁的一是在不了有和人这中大为上个国我以要他时来用们到作地于出就
    分对成会主年动同工也能下过子说种面而方后多定学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好开它合还因由其些然前外天政四日那社义事平形相表间样与关各重新线
    内数正心反你明看又么利比或但质气第向道命此变只没结解问意建月无系军很情者最立代想已并提直题党程展五果料象员革位入常文总次品式活设及管特长求老头基资边流路级少图山统接较将组见计别她手角期根论运农指几九区
    强放决西被干做必战先回则任取据队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带场身车例真务具万每目至达走积示议声报斗完类八离华名
    确才科张信马节话米整空元况今集温传土步群广石需段研界拉律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近千周素技半青列习响约支般史感劳便团往酸历市克何除消构称太精值率族维划选标写存候毛亲快效斯
    院江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密营举球英氧势李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止言士
    均武固叶鱼波视仅费紧爱左早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞吸助升阳互初创考投坏策古径换未跑留钢曾端责站简述钱副尽帝射冲
    承独限阿宣环双超微让控良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽哪既距卫停烈央察烧迅境若洲刻括激孔搞甚室待核校散侵吧游久菜味旧模湖货损阻毫
    普稳妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊唱误训愿获茶鲜粮斤孩脱硫肥善龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿答乐谁顺烟缩征脸喜松脚困异免背星福买染井
    這個國時來們會發動學說種對產過經間樣與關進電實體機當點業應開還無從總見長後為條題黨員資設運農區幾強決報導處隊門規熱領東壓濟階術極聯認權證單車務達積議類離華確張馬節話傳許廣記觀織裝書復兒際驗連斷難礦備辦
    習響約勞團歷構稱準號維劃選標寫親專狀廠識適屬圓調滿縣參紅細聽該鐵價嚴隨蘇講黃顯談藝項舉勢臺師圍遠態減樹視費緊愛續輕試護練負擊範繼興堅輸財職覺漢畫雖雜飛檢陽創壞徑換鋼責簡錢盡衝獨環雙請讓紀優礎載敵勝絕塊
    劑測絲協訴陳羅鹽錯頻終雲衛燒貨損預穩擴銀語紙醫針劉誤訓願審獲鮮糧龍漸歡謂討亂殺藥寧貴鐘讀豐擔執樂順煙縮臉買補評寬揚傷慶編觸銷詩綠雞膠鄉臨陸顧燈歲劇趙課額齊偉爐楊鎮飯濃懷趕庫奪靈稅滅賽歸盤險錄純蓋槍潤蟲
    澤腦歐徹慮納彈濕築惡戶訪跡擺賣擇銅獻陣陰樓謀館驚遺纖傾謝奮購監貫釋詞寶塵聞殘橋婦綜吳遭讚訂園敗榮閉灣鍵駐鍋齒煉紡廢緩淨莊貿慣勻億網貳軟儀賀牆薦蒙飾鑽幣軌畝島鑄湯匯繞績啟陷藍鏡壯鋒貧彎綱隸宮違夾緣窮溝憶
    欄擁貯禮紋罷罰潛獎麗鏈掃諸勵潔災鑒訟毀躍艱貝碼夢漁顆鉛倉隱礙撥肅搶殼訊誠頁齡倫尋聖鄭騰貼闊輛儲簽鬧擾
    """.unicodeScalars.filter { !$0.properties.isWhitespace })
}
