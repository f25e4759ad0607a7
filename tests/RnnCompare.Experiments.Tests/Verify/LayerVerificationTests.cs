using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Experiments.Verify;
using RnnCompare.Models;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Tests.Verify;

public class LayerVerificationTests
{
    private static readonly PlantedLayers Right = new((_, _, _) => false);

    [Theory]
    [InlineData("tanh", Precision.Float32)]
    [InlineData("relu", Precision.Float64)]
    [InlineData("lstm", Precision.Float32)]
    [InlineData("gru", Precision.Float64)]
    public void RightLayers_AreNotAccused(string cell, Precision precision)
    {
        var findings = Run(cell, precision, Right, widest: 65);
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.True(finding.Agrees, $"{finding.Layer}, {finding.Case}: {finding.Worst.Describe("manual", "planted")}"));
        Assert.Empty(FailurePattern.Describe(findings));
    }

    [Fact]
    public void WrongBlocksOfHiddenUnits_AreDescribedByTheirRemainder()
    {
        var planted = new PlantedLayers((spec, packed, mode) => mode != GradientMode.Kept && !packed && (spec.HiddenSize - 1) % 32 < 16);
        Assert.Equal(
            ["nn.LSTM, float32, without gradients: wrong wherever H mod 32 is 1 to 16 without packing, by up to 25 %"],
            FailurePattern.Describe(Run("lstm", Precision.Float32, planted, widest: 65)));
    }

    [Fact]
    public void WrongGradientsOfWideBatches_AreDescribedByTheBatch()
    {
        var planted = new PlantedLayers((_, _, _) => false, (_, batchSize) => batchSize >= 33);
        Assert.Equal(["nn.GRU, float64, gradients: wrong wherever B is at least 33, by up to 25 %"], FailurePattern.Describe(Run("gru", Precision.Float64, planted)));
    }

    [Fact]
    public void WrongStacks_AreDescribedByLayersAndDirections()
    {
        var planted = new PlantedLayers((spec, _, mode) => mode == GradientMode.Inference && spec.Layers > 1 && spec.Bidirectional);
        Assert.Equal(
            ["nn.RNN relu, float32, inference_mode: wrong with two directions with several layers, by up to 25 %"],
            FailurePattern.Describe(Run("relu", Precision.Float32, planted)));
    }

    [Fact]
    public void WrongEverywhere_IsSaidSo()
    {
        Assert.Equal(
            ["nn.RNN tanh, float64, every forward pass: wrong everywhere, by up to 25 %"],
            FailurePattern.Describe(Run("tanh", Precision.Float64, new PlantedLayers((_, _, _) => true))));
    }

    [Fact]
    public void ScatteredFailures_AreListed()
    {
        int[] wrong = [5, 20, 31];
        var planted = new PlantedLayers((spec, _, mode) => mode == GradientMode.NoGrad && Array.IndexOf(wrong, spec.HiddenSize) >= 0);
        Assert.Equal(
            ["nn.GRU, float32, no_grad: wrong for H = 5, 20, 31, by up to 25 %"],
            FailurePattern.Describe(Run("gru", Precision.Float32, planted)));
    }

    [Fact]
    public void VerificationToTheFirst_StopsThere()
    {
        var planted = new PlantedLayers((spec, _, _) => spec.HiddenSize >= 7);
        var findings = Run("tanh", Precision.Float64, planted, onlyToFirst: true);
        Assert.Equal(7, findings[^1].Case.HiddenSize);
        Assert.All(findings, finding => Assert.Equal(finding.Case.HiddenSize < 7 || finding.Path == LayerPath.Backward, finding.Agrees));
    }

    [Fact]
    public void Grid_HasEveryKindOfCase()
    {
        LayerCase[] cases = [.. LayerGrid.Of(LstmCell.Instance, Precision.Float32, [1, 2])];
        Assert.Subset(cases.Select(layerCase => layerCase.HiddenSize).ToHashSet(), new HashSet<int> { 1, 15, 16, 17, 31, 32, 33, 100, 128, 130 });
        Assert.Subset(cases.Select(layerCase => layerCase.BatchSize).ToHashSet(), new HashSet<int> { 1, 64 });
        Assert.Equal(6, cases.Select(layerCase => (layerCase.Layers, layerCase.Bidirectional)).Distinct().Count());
        Assert.Contains(cases, layerCase => layerCase.Packed && layerCase.Bidirectional);
        Assert.Contains(cases, layerCase => layerCase.Threads == 2);
        Assert.Contains(cases, layerCase => layerCase.InitialState && layerCase.Layers == 3);
    }

    // Wide layers cost most, and are found wrong as narrow ones are.
    private static IReadOnlyList<LayerFinding> Run(string cell, Precision precision, PlantedLayers layers, int widest = 33, bool onlyToFirst = false)
    {
        var cases = LayerGrid.Of(CellTable.Named(cell), precision, [1, 2]).Where(layerCase => layerCase.HiddenSize <= widest);
        return LayerVerification.Run([.. cases], layers, loops: null, onlyToFirst, _ => { }, CancellationToken.None);
    }
}
