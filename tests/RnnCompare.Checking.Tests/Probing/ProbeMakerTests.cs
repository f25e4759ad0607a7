using RnnCompare.Cells;
using RnnCompare.Checking.Probing;
using RnnCompare.Models;

namespace RnnCompare.Checking.Tests.Probing;

public class ProbeMakerTests
{
    // The same computation under two names: no batch can tell these apart.
    private static readonly (string, string)[] Synonyms =
    [
        ("carry-dropped", "delta-same-step"),
        ("carry-dropped", "truncated-at-k"),
        ("delta-same-step", "truncated-at-k"),
        ("cell-carry-dropped", "cell-gradient-assigned"),
    ];

    public static TheoryData<string, OutputMode, LossKind, double> Networks()
    {
        var data = new TheoryData<string, OutputMode, LossKind, double>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, OutputMode.EveryStep, LossKind.CrossEntropy, 0.1);
            data.Add(cell.Name, OutputMode.LastStep, LossKind.SquaredError, 0.3);
            data.Add(cell.Name, OutputMode.EveryStep, LossKind.SquaredError, 1.0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Probe_TellsEveryMistakeFromEveryOther(string cell, OutputMode outputs, LossKind loss, double sigma)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 6, OutputSize = 3, Outputs = outputs, Loss = loss };

        var probe = ProbeMaker.Make(spec, steps: 5, batchSize: 3, sigma: sigma);

        Assert.Empty(probe.BlindTo);
        Assert.Subset(Synonyms.ToHashSet(), probe.NotToldApart.ToHashSet());
    }

    [Fact]
    public void Probe_SaysWhatItsSizesCannotTell()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 6, OutputSize = 3 };

        var probe = ProbeMaker.Make(spec, steps: 5, batchSize: 1, lengths: false);

        Assert.Contains("bias-batch-not-summed", probe.BlindTo);
        Assert.Contains("padding-counted", probe.BlindTo);
        Assert.Contains(("scaled-by-time", "scaled-by-batch-and-time"), probe.NotToldApart);
    }
}
