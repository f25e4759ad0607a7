using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>The NumPy programs still save what the files beside them hold.</summary>
public sealed class ProgramsTests : IDisposable
{
    private const double Rounding = 1e-11;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs");
    private readonly string _output = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public static TheoryData<string> All() => [.. Directory.GetFiles(Path.Combine(Folder, "numpy"), "*.py").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public void Program_SavesWhatIsTested(string program)
    {
        Assert.SkipUnless(NumPy.IsThere, NumPy.Missing);
        var path = Path.Combine(_output, program + ".npz");
        Assert.Equal(0, NumPy.Run(Path.Combine(Folder, "numpy", program + ".py"), path).Code);
        var (written, saved) = (ArrayFile.Read(path), ArrayFile.Read(Path.Combine(Folder, "saved", program + ".npz")));
        Assert.Equal(saved.Names, written.Names);
        foreach (var name in saved.Names)
        {
            var (expected, actual) = (saved.Get<double>(name), written.Get<double>(name));
            Assert.Equal(expected.ShapeText, actual.ShapeText);
            var limit = saved.Any(entry => entry.Value.ElementType == ElementType.Float32) ? 1e-4 : Rounding;
            Assert.All(expected.Data.Zip(actual.Data), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= limit * Math.Max(1, Math.Abs(pair.First)), $"{program}: {name}"));
        }
    }

    public void Dispose() => Directory.Delete(_output, recursive: true);
}
