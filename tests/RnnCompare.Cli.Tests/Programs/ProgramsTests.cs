using RnnCompare.Prototypes.Files;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>The NumPy programs still save what the files beside them hold.</summary>
public sealed class ProgramsTests(ProgramsTests.Runs runs) : IClassFixture<ProgramsTests.Runs>
{
    private const double Rounding = 1e-11;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Programs");

    public static TheoryData<string> All() => [.. Directory.GetFiles(Path.Combine(Folder, "numpy"), "*.py").Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

    [Theory]
    [MemberData(nameof(All))]
    public void Program_SavesWhatIsTested(string program)
    {
        Assert.SkipUnless(NumPy.IsThere, NumPy.Missing);
        Assert.DoesNotContain($"{program}: ", runs.Errors, StringComparison.Ordinal);
        var (written, saved) = (ArrayFile.Read(Path.Combine(runs.Output, program + ".npz")), ArrayFile.Read(Path.Combine(Folder, "saved", program + ".npz")));
        Assert.Equal(saved.Names, written.Names);
        foreach (var name in saved.Names)
        {
            var (expected, actual) = (saved.Get<double>(name), written.Get<double>(name));
            Assert.Equal(expected.ShapeText, actual.ShapeText);
            var limit = saved.Any(entry => entry.Value.ElementType == ElementType.Float32) ? 1e-4 : Rounding;
            Assert.All(expected.Data.Zip(actual.Data), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= limit * Math.Max(1, Math.Abs(pair.First)), $"{program}: {name}"));
        }
    }

    /// <summary>All programs, each by itself, in one process: NumPy is loaded once.</summary>
    public sealed class Runs : IDisposable
    {
        private const string Script = """
            import os, runpy, sys
            programs, output = sys.argv[1:]
            for name in sorted(os.listdir(programs)):
                program, extension = os.path.splitext(name)
                if extension == ".py":
                    sys.argv = [os.path.join(programs, name), os.path.join(output, program + ".npz")]
                    try:
                        runpy.run_path(sys.argv[0], run_name="__main__")
                    except BaseException as error:
                        if not (isinstance(error, SystemExit) and not error.code):
                            print(f"{program}: {error!r}", file=sys.stderr)
            """;

        /// <summary>Runs them, where NumPy is.</summary>
        public Runs()
        {
            if (NumPy.IsThere)
            {
                Errors = NumPy.Run("-c", Script, Path.Combine(Folder, "numpy"), Output).Error;
            }
        }

        /// <summary>The folder of what they saved.</summary>
        public string Output { get; } = Directory.CreateTempSubdirectory("rnncompare-").FullName;

        /// <summary>A line for each that failed.</summary>
        public string Errors { get; } = "";

        /// <inheritdoc/>
        public void Dispose() => Directory.Delete(Output, recursive: true);
    }
}
