using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;
using RnnCompare.Numerics;

namespace RnnCompare.Torch.Tests.Guide;

/// <summary>The program of the README, word for word: a test holds the two together, and what it prints too.</summary>
internal static class TenLines
{
    public static void Run(TextWriter output)
    {
        // README: begin
        var spec = new RnnSpec { Cell = CellTable.Named("lstm"), InputSize = 2, HiddenSize = 8, OutputSize = 3 };
        var weights = InitializerTable.Named("torch").Create<double>(spec, new Random(1));
        var x = new NdArray<double>([0.5, -1, 2, 0.25, 1, 0, -0.5, 1.5], 4, 1, 2); // (T, B, I)
        var targets = new NdArray<long>([0, 2, 1, 1], 4, 1); // (T, B)
        var batch = new SequenceBatch<double> { Inputs = new(x), Targets = new(targets) };
        using var manual = new ManualEngine<double>(weights);
        using var autograd = new AutogradEngine<double>(weights);
        var floor = NoiseFloor.Measure(weights, batch, Precision.Float64);
        var comparison = GradientComparison.Compare(autograd.Gradients(batch), manual.Gradients(batch), floor);
        foreach (var tensor in comparison.Tensors)
            output.WriteLine($"{tensor.Name,-4} {(tensor.Agrees ? "agrees" : tensor.Describe("autograd", "manual"))}");
        // README: end
    }
}
