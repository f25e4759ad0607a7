using Onnx;
using RnnCompare.Checking.Comparison;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>Whether a model is a network: both on one random batch, the model by ONNX Runtime, judged by what rounding does in float32.</summary>
internal static class OnnxProof
{
    private const int Steps = 7, BatchSize = 3;

    /// <summary>Demands that a model that was written is the network.</summary>
    /// <param name="model">The model, as <see cref="OnnxWriter"/> writes it.</param>
    /// <param name="weights">The network.</param>
    /// <param name="source">What messages call the model.</param>
    /// <exception cref="InputException">It is not, or ONNX Runtime cannot run it; the message names the array and the element.</exception>
    public static void Require(ModelProto model, RnnWeights<float> weights, string source)
    {
        var (network, batch) = (weights.Convert<double>(), Draw(weights.Spec));
        using var engine = new ManualEngine<double>(network);
        var right = engine.Forward(batch);
        var expected = new TensorSet(weights.Spec);
        foreach (var (name, values) in TensorSet.Of(weights.Spec, right).Tensors.Where(tensor => tensor.Name != "h"))
        {
            expected.Add(name, values);
        }

        var comparison = GradientComparison.Compare(expected, Run(model, batch, weights.Spec, source), Floor(network, batch));
        if (!comparison.Agrees)
        {
            throw new InputException($"{source}: nothing was written, since ONNX Runtime does not compute the network: {comparison.Describe("network", "model")}.");
        }
    }

    /// <summary>What rounding does to a forward pass in float32.</summary>
    public static NoiseFloor Floor(RnnWeights<double> weights, SequenceBatch<double> batch)
    {
        var spec = weights.Spec;
        int[] shape = spec.Outputs == OutputMode.EveryStep ? [batch.Steps, batch.BatchSize] : [batch.BatchSize];
        var targets = spec.Loss == LossKind.CrossEntropy ? new SequenceTargets<double>(new NdArray<long>(shape)) : new(new NdArray<double>([.. shape, spec.OutputSize]));
        return NoiseFloor.Measure(weights, batch with { Targets = targets }, Precision.Float32);
    }

    // Numbers that float32 has, so that both start from the same ones.
    private static SequenceBatch<double> Draw(RnnSpec spec)
    {
        var random = new NumpyGenerator(17);
        return new()
        {
            Inputs = new(Uniform(Steps, BatchSize, spec.InputSize)),
            InitialState = new()
            {
                Hidden = Uniform(spec.Layers * spec.Directions, BatchSize, spec.HiddenSize),
                Cell = spec.Cell.HasCellState ? Uniform(spec.Layers * spec.Directions, BatchSize, spec.HiddenSize) : null,
            },
        };

        NdArray<double> Uniform(params int[] shape) => random.Uniform(-1, 1, shape).Convert<double, float>().Convert<float, double>();
    }

    private static TensorSet Run(ModelProto model, SequenceBatch<double> batch, RnnSpec spec, string source)
    {
        Dictionary<string, OnnxInput> inputs = new() { ["x"] = Single(batch.Inputs.Values!), ["h0"] = Single(batch.InitialState!.Hidden) };
        Dictionary<string, string> outputs = new() { ["y"] = "y", ["hT"] = "h_n" };
        if (batch.InitialState.Cell is { } cell)
        {
            inputs["c0"] = Single(cell);
            outputs["cT"] = "c_n";
        }

        var found = new TensorSet(spec);
        foreach (var (name, values) in outputs.Keys.Zip(OnnxSession.Run(model, inputs, [.. outputs.Values], source)))
        {
            found.Add(name, values.Convert<float, double>());
        }

        return found;
    }

    private static OnnxInput Single(NdArray<double> values) => new(values.Convert<double, float>());
}
