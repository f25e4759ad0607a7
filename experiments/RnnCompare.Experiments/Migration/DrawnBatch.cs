using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Experiments.OnnxModels;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>A random batch for weights that come alone, such as a state dict, and what the network computes on it.</summary>
internal static class DrawnBatch
{
    /// <summary>What is to be said of it.</summary>
    public const string Note = "The file holds weights and nothing else: they are compared on a random batch, with what their equations say in float64.";

    private const int Steps = 6, BatchSize = 3;

    /// <summary>The weights, with a batch beside them.</summary>
    /// <param name="arrays">The weights.</param>
    /// <param name="path">What messages call them.</param>
    /// <param name="options">How they are meant; <c>loss</c> and <c>outputs</c> say what the network is trained on.</param>
    /// <exception cref="InputException">There is no network among them.</exception>
    public static NamedArrays AddTo(NamedArrays arrays, string path, MigrationOptions options)
    {
        var network = NetworkFile.Find(arrays, path, options.Prototype, options.Cell);
        return network.IsSingle ? Add<float>(arrays, network, options.Prototype) : Add<double>(arrays, network, options.Prototype);
    }

    private static NamedArrays Add<T>(NamedArrays arrays, NetworkWeights network, PrototypeOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (spec, random) = (network.Weights.Spec with { Loss = options.Loss ?? LossKind.CrossEntropy }, new NumpyGenerator(23));
        // What equations call their first state is h to the rest.
        var state = spec.Cell is EquationCell own ? own.Equations.States[0].Name : "h";
        int[] outputs = spec.Outputs == OutputMode.EveryStep ? [Steps, BatchSize] : [BatchSize];
        var complete = arrays.Copy();
        NdArray<double> x;
        if (network.Table is { } table)
        {
            var tokens = random.Integers(0, table.Rows, [Steps, BatchSize]);
            complete.Add("x", tokens);
            x = TokenRows.LookUp(table, tokens);
        }
        else
        {
            complete.Add("x", Normal(Steps, BatchSize, spec.InputSize));
            x = complete.Get<double>("x");
        }

        using var engine = CellEngine.Create(With(network.Weights, spec));
        var batch = new SequenceBatch<double> { Inputs = new(x) };
        complete.Add(state, engine.Forward(batch).Hidden.Convert<double, T>());
        if (!network.HasReadOut)
        {
            complete.Add(TensorNames.Gradient(state), Normal(Steps, BatchSize, spec.FeatureSize));
            return complete;
        }

        if (spec.Loss == LossKind.CrossEntropy)
        {
            var classes = random.Integers(0, spec.OutputSize, outputs);
            complete.Add("targets", classes);
            batch = batch with { Targets = new(classes) };
        }
        else
        {
            var values = Normal([.. outputs, spec.OutputSize]);
            complete.Add("targets", values);
            batch = batch with { Targets = new(values.Convert<T, double>()) };
        }

        complete.Add("y", engine.Forward(batch).Outputs.Convert<double, T>());
        complete.Add("loss", new NdArray<T>([T.CreateChecked(engine.Gradients(batch).Loss)]));
        return complete;

        NdArray<T> Normal(params int[] shape) => random.StandardNormal(shape).Convert<double, T>();
    }

    private static RnnWeights<double> With(RnnWeights<double> weights, RnnSpec spec)
    {
        var result = new RnnWeights<double>(spec);
        result.CopyFrom(weights);
        return result;
    }
}
