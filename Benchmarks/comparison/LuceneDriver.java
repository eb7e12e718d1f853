import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/** Builds and asks a Lucene 9 index of reference tokens; engine.py describes what goes in and out. */
public class LuceneDriver {
  static final int LIMIT = 10;

  /** Tokens between spaces; `|` is a gap of one position. */
  static final class ReferenceTokenizer extends Tokenizer {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private char[] text = new char[1 << 16];
    private int length, at;

    @Override
    public void reset() throws IOException {
      super.reset();
      length = at = 0;
      for (int count; (count = input.read(text, length, text.length - length)) >= 0; ) {
        length += count;
        if (length == text.length) text = java.util.Arrays.copyOf(text, length * 2);
      }
    }

    @Override
    public boolean incrementToken() {
      clearAttributes();
      int step = 1;
      while (at < length) {
        int end = at;
        while (end < length && text[end] != ' ') end++;
        int start = at;
        at = end + 1;
        if (end == start + 1 && text[start] == '|') {
          step++;
        } else if (end > start) {
          term.copyBuffer(text, start, end - start);
          increment.setPositionIncrement(step);
          return true;
        }
      }
      return false;
    }
  }

  static final Analyzer ANALYZER =
      new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
          return new TokenStreamComponents(new ReferenceTokenizer());
        }
      };

  static Term term(String text) {
    return new Term("text", text);
  }

  static String[] bigrams(String word) {
    int[] characters = word.codePoints().toArray();
    if (characters.length == 1) return new String[] {word};
    String[] result = new String[characters.length - 1];
    for (int index = 0; index < result.length; index++) result[index] = new String(characters, index, 2);
    return result;
  }

  static Query phrase(String word) {
    String[] terms = bigrams(word);
    return terms.length == 1 ? new TermQuery(term(terms[0])) : new PhraseQuery("text", terms);
  }

  static Query query(String kind, String[] words) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    switch (kind) {
      case "and2":
        for (String word : words) query.add(phrase(word), BooleanClause.Occur.MUST);
        return query.build();
      case "or3":
        for (String word : words) query.add(phrase(word), BooleanClause.Occur.SHOULD);
        return query.build();
      case "bag":
        for (String each : bigrams(words[0])) query.add(new TermQuery(term(each)), BooleanClause.Occur.SHOULD);
        return query.build();
      case "single":
        query.add(new PrefixQuery(term(words[0])), BooleanClause.Occur.SHOULD);
        query.add(new WildcardQuery(term("?" + words[0])), BooleanClause.Occur.SHOULD);
        return query.build();
      default:
        return phrase(words[0]);
    }
  }

  static void build(Path tokens, Directory directory) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER);
    config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    config.setUseCompoundFile(false);
    config.setRAMBufferSizeMB(512);
    try (IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader lines = Files.newBufferedReader(tokens)) {
      Document document = new Document();
      NumericDocValuesField id = new NumericDocValuesField("id", 0);
      TextField text = new TextField("text", "", Field.Store.NO);
      document.add(id);
      document.add(text);
      for (String line; (line = lines.readLine()) != null; ) {
        int tab = line.indexOf('\t');
        id.setLongValue(Long.parseLong(line.substring(0, tab)));
        text.setStringValue(line.substring(tab + 1));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  /** Asks for the best documents with their ids, and the exact total, which is returned. */
  static long ask(IndexSearcher searcher, Query query) throws IOException {
    TopScoreDocCollector collector = TopScoreDocCollector.create(LIMIT, Integer.MAX_VALUE);
    searcher.search(query, collector);
    TopDocs top = collector.topDocs();
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    for (ScoreDoc hit : top.scoreDocs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(hit.doc, leaves));
      NumericDocValues ids = leaf.reader().getNumericDocValues("id");
      if (!ids.advanceExact(hit.doc - leaf.docBase)) throw new IOException("a document without an id");
    }
    return top.totalHits.value;
  }

  static void serve(Directory directory) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
    searcher.setQueryCache(null);
    BufferedReader plans = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    for (String plan; (plan = plans.readLine()) != null; ) {
      StringBuilder answers = new StringBuilder();
      for (String line : Files.readAllLines(Path.of(plan))) {
        String[] parts = line.split("\t", 3);
        String[] words = parts[1].split(" ");
        long started = System.nanoTime();
        long hits = ask(searcher, query(parts[0], words));
        answers.append(System.nanoTime() - started).append('\t').append(hits).append('\n');
      }
      out.print(answers);
      out.print("end\n");
      out.flush();
    }
  }

  public static void main(String[] words) throws IOException {
    if (words[0].equals("version")) {
      System.out.println("Lucene " + Version.LATEST + ", Java " + System.getProperty("java.version"));
    } else if (words[0].equals("build")) {
      build(Path.of(words[1]), FSDirectory.open(Path.of(words[2])));
    } else {
      serve(FSDirectory.open(Path.of(words[1])));
    }
  }
}
