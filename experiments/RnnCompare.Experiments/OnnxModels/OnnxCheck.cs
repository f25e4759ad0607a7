using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.OnnxModels;

/// <summary>Checks what an ONNX model computes: against the equations of its operators, and against the network that it should be.</summary>
public static class OnnxCheck
{
    /// <summary>Checks a model.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="network">A file with the weights that it should have; null where there is none.</param>
    /// <param name="options">How the arrays of that file are meant.</param>
    /// <exception cref="InputException">A file cannot be read, ONNX Runtime cannot run the model, or the network has other sizes.</exception>
    public static OnnxFinding Run(string path, string? network, PrototypeOptions options)
    {
        var file = OnnxModelFile.Read(path);
        var inputs = OnnxBatch.Draw(file);
        var trace = OnnxTrace.Run(file, inputs);
        var finding = new OnnxFinding(path, Describe(trace), network) { IsExportersSlip = IsExportersSlip(file), Arrays = [OwnEquations(trace)] };
        if (network is null)
        {
            return finding.Arrays[0].Agrees && finding.IsExportersSlip ? finding with { Mistake = OnnxEdit.For(trace.Layers[0].Operator).First(), Change = ChangeByFlip(trace, inputs) } : finding;
        }

        var expected = new ExpectedNetwork(network, NetworkFile.Read(network, options), trace);
        finding = finding with { Arrays = [.. finding.Arrays, .. expected.Compare(trace)] };
        return finding.Agrees || !finding.Arrays[0].Agrees ? finding : finding with { Mistake = Mistake(trace, inputs, expected) };
    }

    private static OnnxEdit? Mistake(OnnxTrace trace, IReadOnlyDictionary<string, OnnxInput> inputs, ExpectedNetwork expected)
    {
        return OnnxEdit.For(trace.Layers[0].Operator).FirstOrDefault(edit => expected.Compare(OnnxTrace.Run(trace.File with { Model = edit.Apply(trace) }, inputs)).All(array => array.Agrees));
    }

    // The operators as ONNX defines them, by the manual engine: whether ONNX Runtime and this program mean the same.
    private static TensorComparison OwnEquations(OnnxTrace trace)
    {
        var (network, batch) = (trace.Network(), trace.Batch());
        using var engine = new ManualEngine<double>(network);
        return TensorComparison.Compare(network.Spec, "h", engine.Forward(batch).Hidden, trace.Layers[^1].Features.Convert<float, double>(), OnnxProof.Floor(network, batch));
    }

    // nn.GRU has one equation only, which ONNX calls linear_before_reset = 1.
    private static bool IsExportersSlip(OnnxModelFile file)
    {
        return file.Model.ProducerName.Contains("torch", StringComparison.OrdinalIgnoreCase) && file.Layers.Any(node => node.OpType == "GRU" && OnnxModelFile.Number(node, "linear_before_reset") is null or 0);
    }

    private static double ChangeByFlip(OnnxTrace trace, IReadOnlyDictionary<string, OnnxInput> inputs)
    {
        var mended = OnnxTrace.Run(trace.File with { Model = OnnxEdit.For(trace.Layers[0].Operator).First().Apply(trace) }, inputs);
        var (is0, is1) = (trace.Layers[^1].Y, mended.Layers[^1].Y);
        return Norm(is0.Data.Zip(is1.Data, (a, b) => (double)(a - b))) / Norm(is1.Data.Select(value => (double)value));

        static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
    }

    private static string Describe(OnnxTrace trace)
    {
        var spec = trace.Network().Spec;
        return $"{spec.Cell}, {spec.Layers} layer{(spec.Layers > 1 ? "s" : "")}{(spec.Bidirectional ? " in two directions" : "")}, I={spec.InputSize} H={spec.HiddenSize}; {trace.File.Producer}";
    }
}

/// <summary>What a check of a model found.</summary>
/// <param name="Path">The model's file.</param>
/// <param name="Network">What it holds, in a few words.</param>
/// <param name="Against">The file with the weights that it should have; null where there is none.</param>
public sealed record OnnxFinding(string Path, string Network, string? Against)
{
    /// <summary>What was compared: first h by the operators' own equations, then what the given weights say.</summary>
    public required IReadOnlyList<TensorComparison> Arrays { get; init; }

    /// <summary>Whether PyTorch wrote a GRU that nn.GRU cannot be.</summary>
    public bool IsExportersSlip { get; init; }

    /// <summary>How much the slip changes h, relative to its norm; null where that was not measured.</summary>
    public double? Change { get; init; }

    /// <summary>The mistake that explains the difference; null where there is none, or none is known.</summary>
    internal OnnxEdit? Mistake { get; init; }

    /// <summary>Whether the model computes what it should.</summary>
    public bool Agrees => Arrays.All(array => array.Agrees) && Mistake is null;
}
