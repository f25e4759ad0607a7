using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Probing;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Torch;

namespace RnnCompare.Experiments.Verify;

/// <summary>
/// Every recurrent layer of the loaded libtorch beside the manual engine in float64, judged by the noise floor of each case;
/// the autograd loop, which is made of libtorch's elementary operators, is judged in the same way.
/// </summary>
public static class LayerVerification
{
    private const double Sigma = 0.4;

    /// <summary>The cells that TorchSharp has a layer of.</summary>
    public static IReadOnlyList<RecurrentCell> Cells { get; } = [.. CellTable.All.Where(FusedEngine<float>.Supports)];

    /// <summary>TorchSharp's name of a cell's layer.</summary>
    public static string NameOf(RecurrentCell cell) => cell == LstmCell.Instance ? "nn.LSTM" : cell == GruCell.Instance ? "nn.GRU" : $"nn.RNN {cell.Name}";

    /// <summary>Verifies cases one after the other.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="layers">The layers of TorchSharp, or planted ones.</param>
    /// <param name="loops">The autograd loop; null to leave it out.</param>
    /// <param name="onlyToFirst">Whether to stop at the first case in which something is wrong.</param>
    /// <param name="done">Called after each case with the number of cases done.</param>
    /// <param name="cancellation">Ends the verification after the current case.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static IReadOnlyList<LayerFinding> Run(
        IReadOnlyList<LayerCase> cases, ILayerSource layers, ILayerSource? loops, bool onlyToFirst, Action<int> done, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(done);
        var findings = new List<LayerFinding>();
        foreach (var (i, layerCase) in cases.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            TorchEnvironment.SetThreads(layerCase.Threads);
            findings.AddRange(layerCase.Precision == Precision.Float32 ? Verify<float>(layerCase, i, layers, loops) : Verify<double>(layerCase, i, layers, loops));
            done(i + 1);
            if (onlyToFirst && findings.Exists(finding => !finding.Agrees))
            {
                break;
            }
        }

        return findings;
    }

    private static List<LayerFinding> Verify<T>(LayerCase layerCase, int seed, ILayerSource layers, ILayerSource? loops)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (spec, random) = (layerCase.Spec, new Random(seed));
        var drawn = RandomProblem.Weights(spec, random, values => Sigma / Math.Sqrt(Math.Max(1, values.Shape.Length > 1 ? values.Shape[1] : 1)));
        var (weights, batch) = RandomProblem.Rounded(drawn, RandomProblem.Batch(spec, random, LayerCase.Steps, layerCase.BatchSize, tokens: false, layerCase.Packed, layerCase.InitialState));
        using var manual = new ManualEngine<double>(weights);
        var (forward, backward) = (TensorSet.Of(spec, manual.Forward(batch)), TensorSet.Of(manual.Gradients(batch)));

        // To measure a floor costs more than all else here; what the least one takes needs none.
        var least = NoiseFloor.Least(layerCase.Precision);
        var measured = new Lazy<NoiseFloor>(() => NoiseFloor.Measure(weights, batch, layerCase.Precision));

        var findings = new List<LayerFinding>();
        var (own, ownBatch) = (weights.Convert<T>(), batch.Convert<double, T>());
        Add(NameOf(layerCase.Cell), layers, [GradientMode.Kept, GradientMode.NoGrad, GradientMode.Inference]);
        if (loops is not null)
        {
            // A witness, as the engine autograd runs it.
            Add($"loop, {layerCase.Cell.Name}", loops, [GradientMode.Kept]);
        }

        return findings;

        void Add(string name, ILayerSource source, GradientMode[] modes)
        {
            using var layer = source.Create(own);
            foreach (var mode in modes)
            {
                Compare(PathOf(mode), forward, TensorSet.Of(spec, layer.Forward(ownBatch, mode)));
            }

            Compare(LayerPath.Backward, backward, TensorSet.Of(layer.Gradients(ownBatch)));

            void Compare(LayerPath path, TensorSet expected, TensorSet actual)
            {
                var comparison = GradientComparison.Compare(expected, actual, least);
                findings.Add(new(name, layerCase, path, (comparison.Agrees ? comparison : GradientComparison.Compare(expected, actual, measured.Value)).Worst));
            }
        }
    }

    private static LayerPath PathOf(GradientMode mode) => mode switch
    {
        GradientMode.NoGrad => LayerPath.NoGrad,
        GradientMode.Inference => LayerPath.Inference,
        _ => LayerPath.WithGradients,
    };
}
