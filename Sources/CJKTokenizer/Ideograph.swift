/// The fold rule for one ideograph alone.
public enum Ideograph {
  /// What a unit of UTF-16 folds to when that is one ideograph of the basic plane (發 to 发), or else the unit itself.
  public static func folded(_ unit: UInt16) -> UInt16 {
    let folded = FoldTable.shared.basicIdeographs[Int(unit)]
    return folded == 0 ? unit : folded
  }
}
