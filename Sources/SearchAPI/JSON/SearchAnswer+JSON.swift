extension SearchAnswer {
  /// Writes the body of `/search`.
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if let didYouMean {
        writer.key("did_you_mean")
        writer.array(didYouMean) { $0.write(to: &$1) }
      }
      if let facets {
        writer.key("facets")
        writer.object { facets.write(to: &$0) }
      }
      if let haveAll {
        writer.key("have_all")
        writer.integer(Int64(haveAll))
      }
      writer.key("hits")
      writer.array(hits) { $0.write(to: &$1) }
      if let hosts {
        writer.key("hosts")
        writer.array(hosts) { $0.write(to: &$1) }
      }
      if let letGo {
        writer.key("let_go")
        writer.array(letGo) { $0.write(to: &$1) }
      }
      if let notes {
        writer.key("notes")
        writer.array(notes) { $1.string($0) }
      }
      if let parts {
        writer.key("parts")
        writer.array(parts) { $1.string($0) }
      }
      writer.key("query")
      writer.string(query)
      if let synonyms {
        writer.key("synonyms")
        writer.array(synonyms) { $0.write(to: &$1) }
      }
      writer.key("took_ms")
      writer.number(tookMilliseconds)
      writer.key("total")
      total.write(to: &writer)
    }
  }
}

extension CorrectionAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      if let applied {
        writer.key("applied")
        writer.boolean(applied)
      }
      writer.key("kind")
      writer.string(kind.rawValue)
      writer.key("query")
      writer.string(query)
      writer.key("reason")
      writer.string(reason)
      writer.key("total")
      total.write(to: &writer)
    }
  }
}

extension SynonymAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("also")
      writer.array(also) { $1.string($0) }
      if let domain {
        writer.key("domain")
        writer.string(domain)
      }
      writer.key("typed")
      writer.string(typed)
    }
  }
}

extension SearchAnswer.Total {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("exact")
      writer.boolean(exact)
      writer.key("value")
      writer.integer(Int64(value))
    }
  }
}

extension [FacetAnswer] {
  /// Writes the members of `facets`; of two with the same name the last one counts.
  fileprivate func write(to writer: inout JSONWriter) {
    let sorted = self.sorted { $0.field.precedes($1.field) }
    for (index, facet) in sorted.enumerated() {
      if index + 1 < sorted.count, sorted[index + 1].field == facet.field { continue }
      writer.key(named: facet.field)
      facet.write(to: &writer)
    }
  }
}

extension FacetAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("more")
      writer.integer(Int64(more))
      writer.key("values")
      writer.array(values) { value, writer in
        writer.object { writer in
          writer.key("count")
          writer.integer(Int64(value.count))
          writer.key("value")
          writer.string(value.value)
        }
      }
    }
  }
}

extension HostedTermAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("inside")
      writer.array(inside) { $1.string($0) }
      writer.key("not_counted")
      writer.integer(Int64(notCounted))
      writer.key("occurrences")
      writer.integer(Int64(occurrences))
      writer.key("term")
      writer.string(term)
    }
  }
}

extension LetGoAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("documents")
      writer.integer(Int64(documents))
      writer.key("part")
      writer.string(part)
    }
  }
}

extension HitAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      var rest = fields.isEmpty ? [] : fields.filter { !Self.reservedKeys.contains($0.name) }[...]
      if rest.count > 1 { rest.sort { $0.name.precedes($1.name) } }
      if let explain {
        writer.key("explain", after: &rest)
        explain.write(to: &writer)
      }
      writer.key("id", after: &rest)
      writer.string(id)
      if let missing {
        writer.key("missing", after: &rest)
        writer.array(missing) { $1.string($0) }
      }
      if let score {
        writer.key("score", after: &rest)
        writer.number(score)
      }
      if let snippets {
        writer.key("snippets", after: &rest)
        writer.array(snippets) { $0.write(to: &$1) }
      }
      if let source {
        writer.key("source", after: &rest)
        source.write(to: &writer)
      }
      writer.key("title", after: &rest)
      writer.string(title)
      while let field = rest.popFirst() { writer.write(field, before: rest) }
    }
  }
}

extension SnippetAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("highlights")
      writer.array(highlights) { range, writer in
        writer.array(range) { $1.integer(Int64($0)) }
      }
      writer.key("text")
      writer.string(text)
    }
  }
}

extension SourceAnswer {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.key("end_line")
      writer.integer(Int64(endLine))
      writer.key("path")
      writer.string(path)
      writer.key("start_line")
      writer.integer(Int64(startLine))
    }
  }
}

extension JSONValue {
  /// Writes the value itself.
  func write(to writer: inout JSONWriter) {
    switch self {
    case .string(let value): writer.string(value)
    case .integer(let value): writer.integer(value)
    case .number(let value): writer.number(value)
    case .boolean(let value): writer.boolean(value)
    case .null: writer.null()
    case .list(let values): writer.array(values) { $0.write(to: &$1) }
    }
  }
}

extension JSONWriter {
  /// Writes the fields that come before `name`, then the key.
  fileprivate mutating func key(_ name: StaticString, after rest: inout ArraySlice<AnswerField>) {
    if !rest.isEmpty {
      let text = name.description
      while let field = rest.first, field.name.precedes(text) {
        rest.removeFirst()
        write(field, before: rest)
      }
    }
    key(name)
  }

  /// Writes a field, unless the next has the same name: the last one counts.
  fileprivate mutating func write(_ field: AnswerField, before rest: ArraySlice<AnswerField>) {
    guard rest.first?.name != field.name else { return }
    key(named: field.name)
    field.value.write(to: &self)
  }
}

extension String {
  /// The order of keys: by their bytes.
  fileprivate func precedes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
