namespace RnnCompare.Experiments.Tests.Fuzzing;

/// <summary>Replays what coverage-guided fuzzing has found: inputs that together take every path through the readers that was ever taken.</summary>
public class CorpusTests
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Fuzzing", "Corpus");

    public static TheoryData<string> Names => [.. Readers.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Corpus_IsReadOrRefused(string reader)
    {
        var files = Directory.GetFiles(Path.Combine(Corpus, reader)).Order(StringComparer.Ordinal).ToArray();
        var read = 0;
        foreach (var file in files)
        {
            try
            {
                read += Readers.Read(reader, File.ReadAllBytes(file)) ? 1 : 0;
            }
            catch (Exception e)
            {
                Assert.Fail($"{reader} ends with {e.GetType().Name} on {Path.GetFileName(file)}: {e.Message}");
            }
        }

        Assert.InRange(read, 1, files.Length - 1);
    }
}
