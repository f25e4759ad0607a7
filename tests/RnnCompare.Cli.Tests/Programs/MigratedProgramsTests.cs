using RnnCompare.Cli.Commands;

namespace RnnCompare.Cli.Tests.Programs;

/// <summary>What small NumPy programs saved, migrated: the command compiles and runs what it writes, and writes nothing that is not the prototype.</summary>
public sealed class MigratedProgramsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnncompare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("time_layers_lstm", "embedding = nn.Embedding(Vocabulary, InputSize", "nn.Embedding looks the tokens up", "clipping=norm")]
    [InlineData("captioning_lstm", "public const int Vocabulary = 8;", "W_embed", "clipping=value")]
    [InlineData("word_rnn", "public const bool HasBias = false;", "no bias at all, and neither has the model", "clipping=norm")]
    [InlineData("batched_lstm", "return (states, states);", "its states are the outputs", "clipping=none")]
    [InlineData("gru_library", "MaskGradients", "3 arrays, stacked", "clipping=none")]
    [InlineData("guarded", "public const bool HasBias = true;", "residue", "clipping=none")]
    public void Project_IsWhatTheProgramIs(string program, string inModel, string inReport, string clipping)
    {
        var project = Path.Combine(_folder, "Project");
        string[] limit = clipping == "clipping=none" ? [] : ["--set", "clippingLimit=0.1"];
        var run = CommandRun.Of(["migrate", Path.Combine(AppContext.BaseDirectory, "Programs", "saved", program + ".npz"), "-o", project, "--set", "optimizer=adam", "--set", clipping, .. limit]);

        Assert.True(run.Code == ExitCodes.Success, $"{program}: {run.Output}{run.Error}");
        Assert.Contains(inReport, run.Output, StringComparison.Ordinal);
        Assert.Contains(inModel, File.ReadAllText(Path.Combine(project, "Model.cs")), StringComparison.Ordinal);
    }
}
