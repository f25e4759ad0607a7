using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Experiments.Tests.Migration;

/// <summary>Files as right prototypes save them: what the engine that differentiates by hand computes.</summary>
internal static class SavedNetwork
{
    /// <summary>Writes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="convention">The names and shapes of its arrays.</param>
    /// <param name="spec">The network.</param>
    /// <param name="tokens">Whether the inputs are tokens.</param>
    /// <param name="lengths">Whether sequences have lengths of their own.</param>
    /// <param name="initialState">Whether there is a first state.</param>
    /// <param name="mistake">What is done to the gradients before they are saved.</param>
    public static void Write<T>(string path, Convention convention, RnnSpec spec, bool tokens = false, bool lengths = false, bool initialState = true, Action<GradientResult<T>>? mistake = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (weights, batch) = (Samples.Weights<T>(spec, seed: 5), Samples.Batch<T>(spec, steps: 5, batchSize: 3, seed: 6, tokens, lengths, initialState));
        using var engine = CellEngine.Create(weights);
        var (forward, gradients) = (engine.Forward(batch), engine.Gradients(batch));
        if (spec.Cell is EquationCell)
        {
            // Under the names of the equations, whatever the convention.
            var stated = EquationWriter.Create(weights, batch);
            mistake?.Invoke(gradients);
            stated.AddGradients(gradients.Weights);
            ArrayFile.Write(path, stated.Arrays);
            return;
        }

        var writer = PrototypeWriter.Create(convention, weights, batch);
        writer.Add("loss", new NdArray<T>([T.CreateChecked(gradients.Loss)]));
        writer.Add("y", forward.Outputs);
        writer.Add("h", forward.Hidden);
        mistake?.Invoke(gradients);
        writer.AddGradients(gradients.Weights);
        ArrayFile.Write(path, writer.Arrays);
    }
}
