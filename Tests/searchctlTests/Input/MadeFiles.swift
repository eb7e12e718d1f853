import Foundation

/// Files of formats that no string can be written as, made byte by byte.
enum MadeFiles {
  /// A zip archive with one stored file.
  static func zip(_ name: String, _ contents: String) -> Data {
    let (name, data) = (Array(name.utf8), Array(contents.utf8))
    let sizes = number(crc32(data), 4) + number(UInt32(data.count), 4) + number(UInt32(data.count), 4)
    let common =
      number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + sizes + number(UInt32(name.count), 2) + number(0, 2)
    let local = number(0x0403_4B50, 4) + common + name + data
    let central =
      number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
      + number(0, 4) + name
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(1, 2) + number(1, 2) + number(UInt32(central.count), 4)
      + number(UInt32(local.count), 4) + number(0, 2)
    return Data(local + central + end)
  }

  /// A Word document with a paragraph for each line.
  static func word(_ lines: [String]) -> Data {
    let paragraphs = lines.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
    return zip("word/document.xml", "<?xml version=\"1.0\"?><w:document><w:body>\(paragraphs)</w:body></w:document>")
  }

  /// A PDF of one page with a line of text for each of `lines`, one below the other; its font names characters only by a
  /// table to Unicode, as those of most bulletins do.
  static func pdf(_ lines: [String]) -> Data {
    var text = "BT /F1 12 Tf 72 760 Td 18 TL\n"
    for line in lines {
      text += "<" + line.utf16.map { hexadecimal($0) }.joined() + "> Tj T*\n"
    }
    let map = """
      /CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def
      1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
      endcmap end end
      """
    let objects = [
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
      stream(text + "ET"),
      "<</Type/Font/Subtype/Type0/BaseFont/S/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
      "<</Type/Font/Subtype/CIDFontType2/BaseFont/S/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        + "/FontDescriptor 8 0 R>>", stream(map),
      "<</Type/FontDescriptor/FontName/S/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent 0/CapHeight 800"
        + "/StemV 80>>",
    ]
    var file = "%PDF-1.4\n"
    var offsets: [Int] = []
    for (index, object) in objects.enumerated() {
      offsets.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for offset in offsets { file += String(format: "%010d 00000 n \n", offset) }
    file += "trailer\n<</Size \(objects.count + 1)/Root 1 0 R>>\nstartxref\n\(start)\n%%EOF\n"
    return Data(file.utf8)
  }

  private static func stream(_ text: String) -> String { "<</Length \(text.utf8.count)>>\nstream\n\(text)\nendstream" }

  private static func hexadecimal(_ unit: UInt16) -> String { String(format: "%04X", Int(unit)) }

  private static func number(_ value: UInt32, _ byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }
}
