/// What makes a question of words, and says nothing of what it is about.
enum QuestionFrames {
  /// What a bigram or a character of a frame weighs.
  static let weight = 0.3

  private static let frames = [
    // Chinese
    "怎么处理", "怎么办", "怎么算", "怎么样", "怎么", "怎样", "如何", "为什么", "是什么", "有什么", "什么样", "什么意思", "什么时候",
    "什么", "有哪些", "哪些", "哪个", "哪里", "哪儿", "哪种", "哪一年", "哪一", "哪年", "哪位", "多少钱", "多少", "多久", "多长时间",
    "多长", "几个", "几年", "是否", "是不是", "能不能", "可不可以", "可以", "能否", "可否", "应该", "应当", "需要", "需不需要", "要不要",
    "会不会", "有没有", "算不算", "合法吗", "了吗", "何时", "何地", "何种", "何人", "何处", "为何", "有何", "是何", "是几", "是谁", "谁",
    "吗", "呢", "请问", "想问", "我想", "如果", "的话",
    // Japanese
    "何ですか", "何という", "何と", "何か", "何年", "何", "ですか", "ますか", "でしょうか", "どこか", "どこ", "誰か", "誰", "だれ",
    "いつか", "いつ", "どのような", "どのように", "どの", "どんな", "なぜ", "どうして", "どう", "いくつ", "いくら", "ください", "教えて",
    "とは", "どちら", "どれか", "どれ",
    // Korean
    "무엇인가요", "무엇인가", "무엇을", "무엇", "누구인가요", "누구인가", "누구", "어디인가", "어디", "언제인가", "언제", "왜", "어떻게",
    "어떤", "어느", "몇", "얼마", "인가요", "인가", "는가", "나요", "습니까", "입니까", "이름은", "대해",
  ].map { $0.unicodeScalars.map(\.value) }

  private static let byFirst = Dictionary(grouping: frames) { $0[0] }.mapValues { $0.sorted { $0.count > $1.count } }

  /// Which characters of a text are of a frame.
  static func marks(in text: FoldedCharacters) -> [Bool] {
    var marks = [Bool](repeating: false, count: text.characters.count)
    var place = 0
    while place < text.characters.count {
      let frame = byFirst[text.characters[place]]?.first { text.characters[place...].starts(with: $0) }
      for index in place..<place + (frame?.count ?? 0) { marks[index] = true }
      place += frame?.count ?? 1
    }
    return marks
  }
}
