import Bulletins

/// provisional
enum NumberForms {
  static func forms(of number: DocumentNumber) -> [DocumentNumber] {
    [number, DocumentNumber(code: number.code + "发", year: number.year, serial: number.serial)]
  }
  static func number(query: String) -> DocumentNumber? { DocumentNumber(query) }
}
