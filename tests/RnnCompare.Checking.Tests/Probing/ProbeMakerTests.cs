using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Checking.Faults;
using RnnCompare.Checking.Probing;
using RnnCompare.Checking.Replay;
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

    // Where only the last step has an output, nothing arrives at the steps before it in either case; the gradient of h0 tells.
    private static readonly (string, string)[] SynonymsOfLastStep =
    [
        .. Synonyms,
        ("carry-dropped", "gradient-last-step-only"),
        ("delta-same-step", "gradient-last-step-only"),
        ("gradient-last-step-only", "truncated-at-k"),
    ];

    public static TheoryData<string> Cells() => [.. CellTable.All.Select(cell => cell.Name)];

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

        var probe = ProbeMaker.Make(new() { Spec = spec, Steps = 5, BatchSize = 3, Lengths = true, Sigma = sigma });

        Assert.Empty(probe.BlindTo);
        Assert.Subset((outputs == OutputMode.EveryStep ? Synonyms : SynonymsOfLastStep).ToHashSet(), probe.NotToldApart.ToHashSet());
    }

    [Fact]
    public void Probe_OfALastStep_TellsAllApartForAProgramThatGivesItsStates()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 6, OutputSize = 3, Outputs = OutputMode.LastStep };
        var probe = ProbeMaker.Make(new() { Spec = spec, Steps = 5, BatchSize = 3, Lengths = true });
        var replay = new ReplayedPass<double>(probe.Weights, probe.Batch, Arithmetic<double>.Plain);
        var mistake = FaultCatalogue.For(new() { Spec = spec, Batch = probe.Batch }).First(fault => fault.Id == "gradient-last-step-only");

        var result = Doctor.Diagnose(new Prototype { Weights = probe.Weights, Batch = probe.Batch, Claims = replay.All(mistake.Edit(Variant.Right)) });

        var named = Assert.Single(result.Faults);
        Assert.Equal((mistake.Id, 0), (named.Id, named.OneOf.Count));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Probe_TellsAllApartInFloat32(string cell)
    {
        var spec = new RnnSpec { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 5 };

        var probe = ProbeMaker.Make(new() { Spec = spec, Steps = 6, BatchSize = 3, Lengths = true, Precision = Precision.Float32 });

        Assert.Empty(probe.BlindTo);
        Assert.Subset(Synonyms.ToHashSet(), probe.NotToldApart.ToHashSet());
        Assert.All(probe.Weights.Tensors, tensor => Assert.All(tensor.Values.Data, value => Assert.Equal(value, (float)value)));
    }

    [Fact]
    public void Probe_SaysWhatItsSizesCannotTell()
    {
        var spec = new RnnSpec { Cell = RnnCell.Tanh, InputSize = 4, HiddenSize = 6, OutputSize = 3 };

        var probe = ProbeMaker.Make(new() { Spec = spec, Steps = 5, BatchSize = 1 });

        Assert.Contains(probe.BlindTo, spot => spot is { Id: "bias-batch-not-summed", Reason: "the batch has one sequence" });
        Assert.Contains(probe.BlindTo, spot => spot is { Id: "padding-counted", Reason: "every sequence has all T steps" });
        Assert.Contains(("scaled-by-time", "scaled-by-batch-and-time"), probe.NotToldApart);
    }
}
