// Builds and asks a Xapian database of reference tokens; engine.py describes what goes in and out.
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

constexpr Xapian::doccount limit = 10;
constexpr size_t longest_term = 240;  // glass takes terms of 245 bytes

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
  return parts;
}

std::vector<std::string> bigrams(const std::string& word) {
  std::vector<size_t> starts;
  for (size_t index = 0; index < word.size(); index++)
    if ((static_cast<unsigned char>(word[index]) & 0xC0) != 0x80) starts.push_back(index);
  starts.push_back(word.size());
  if (starts.size() <= 3) return {word};
  std::vector<std::string> result;
  for (size_t index = 0; index + 2 < starts.size(); index++)
    result.push_back(word.substr(starts[index], starts[index + 2] - starts[index]));
  return result;
}

Xapian::Query phrase(const std::string& word) {
  auto terms = bigrams(word);
  if (terms.size() == 1) return Xapian::Query(terms[0]);
  return Xapian::Query(Xapian::Query::OP_PHRASE, terms.begin(), terms.end(), terms.size());
}

Xapian::Query query(const std::string& kind, const std::vector<std::string>& words,
                    const std::vector<std::string>& terms) {
  if (kind == "and2" || kind == "or3") {
    std::vector<Xapian::Query> phrases;
    for (const auto& word : words) phrases.push_back(phrase(word));
    auto joined = kind == "and2" ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
    return Xapian::Query(joined, phrases.begin(), phrases.end());
  }
  if (kind == "bag") {
    auto all = bigrams(words[0]);
    return Xapian::Query(Xapian::Query::OP_OR, all.begin(), all.end());
  }
  if (kind == "single") return Xapian::Query(Xapian::Query::OP_SYNONYM, terms.begin(), terms.end());
  return phrase(words[0]);
}

void build(const char* tokens, const char* folder) {
  Xapian::WritableDatabase database(folder, Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS);
  std::ifstream lines(tokens);
  for (std::string line; std::getline(lines, line);) {
    size_t tab = line.find('\t');
    Xapian::Document document;
    Xapian::termpos position = 0;
    for (size_t start = tab + 1; start < line.size();) {
      size_t end = std::min(line.find(' ', start), line.size());
      ++position;
      bool is_gap = end == start + 1 && line[start] == '|';
      if (!is_gap && end - start <= longest_term) document.add_posting(line.substr(start, end - start), position);
      start = end + 1;
    }
    database.replace_document(static_cast<Xapian::docid>(std::stoul(line.substr(0, tab)) + 1), document);
  }
  database.commit();
}

void serve(const char* folder) {
  Xapian::Database database(folder);
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
  for (std::string plan; std::getline(std::cin, plan);) {
    std::ifstream lines(plan);
    std::ostringstream answers;
    for (std::string line; std::getline(lines, line);) {
      auto parts = split(line, '\t');
      auto words = split(parts[1], ' ');
      auto terms = parts.size() > 2 ? split(parts[2], ' ') : std::vector<std::string>();
      auto started = std::chrono::steady_clock::now();
      enquire.set_query(query(parts[0], words, terms));
      auto matches = enquire.get_mset(0, limit, database.get_doccount());
      for (auto hit = matches.begin(); hit != matches.end(); ++hit) (void)*hit;
      auto took = std::chrono::steady_clock::now() - started;
      answers << std::chrono::duration_cast<std::chrono::nanoseconds>(took).count() << '\t'
              << matches.get_matches_estimated() << '\n';
    }
    std::cout << answers.str() << "end\n" << std::flush;
  }
}

}  // namespace

int main(int count, char** words) {
  if (count > 3 && std::string(words[1]) == "build") build(words[2], words[3]);
  else if (count > 2) serve(words[2]);
  return 0;
}
