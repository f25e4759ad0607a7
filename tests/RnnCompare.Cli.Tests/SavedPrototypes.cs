using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Cli.Tests;

/// <summary>Files as prototypes save them, right ones and wrong ones.</summary>
internal static class SavedPrototypes
{
    public static RnnSpec Spec(string cell) => new() { Cell = CellTable.Named(cell), InputSize = 4, HiddenSize = 7, OutputSize = 3 };

    /// <summary>Weights, a batch, and what the manual engine computes in float64, after someone's mistake.</summary>
    public static NamedArrays Write(Convention convention, RnnSpec spec, Action<GradientResult<double>>? mistake = null, int seed = 5)
    {
        var weights = Samples.Weights<double>(spec, seed);
        var batch = Samples.Batch<double>(spec, steps: 5, batchSize: 2, seed);
        using var engine = new ManualEngine<double>(weights);
        var result = engine.Gradients(batch);
        var writer = PrototypeWriter.Create(convention, weights, batch);
        writer.Add("loss", new NdArray<double>([result.Loss]));
        mistake?.Invoke(result);
        writer.AddGradients(result.Weights);
        return writer.Arrays;
    }

    /// <summary>The same arrays but one, which is replaced, or left out where null is given.</summary>
    public static NamedArrays With(this NamedArrays arrays, string name, NdArray<double>? values)
    {
        var copy = new NamedArrays();
        foreach (var other in arrays.Names)
        {
            if (other == ArrayMeta)
            {
                copy.Add(other, arrays.GetText(other));
            }
            else if (other != name)
            {
                Copy(arrays, other, copy);
            }
            else if (values is not null)
            {
                copy.Add(name, values);
            }
        }

        return copy;
    }

    private const string ArrayMeta = "meta";

    private static void Copy(NamedArrays from, string name, NamedArrays to)
    {
        if (from[name].ElementType == ElementType.Int64)
        {
            to.Add(name, from.Get<long>(name));
        }
        else
        {
            to.Add(name, from.Get<double>(name));
        }
    }
}
