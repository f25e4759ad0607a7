using RnnCompare.Cells;
using RnnCompare.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>The fused layers of TorchSharp behind one call.</summary>
internal sealed class FusedLayer
{
    private delegate (Tensor Output, Tensor Hidden, Tensor? Cell) Call(Tensor input, Tensor h0, Tensor? c0);

    private delegate (nn.utils.rnn.PackedSequence Output, Tensor Hidden, Tensor? Cell) PackedCall(
        nn.utils.rnn.PackedSequence input, Tensor h0, Tensor? c0);

    private readonly Call _call;
    private readonly PackedCall _packedCall;

    private FusedLayer(nn.Module module, Call call, PackedCall packedCall)
    {
        Module = module;
        _call = call;
        _packedCall = packedCall;
    }

    public nn.Module Module { get; }

    public static FusedLayer Create(RnnSpec spec, ScalarType precision)
    {
        return spec.Cell.TorchLayer switch
        {
            "nn.RNN" => Plain(spec, precision),
            "nn.LSTM" => Lstm(spec, precision),
            "nn.GRU" => Gru(spec, precision),
            _ => throw new NotSupportedException(
                $"TorchSharp has no fused layer of the {spec.Cell.Name} cell{(spec.Cell.Family == GruCell.Instance.Family ? " (nn.GRU applies the reset gate after the hidden product)" : "")}; use the engines manual and autograd."),
        };
    }

    /// <summary>Runs the layer; sequences of different lengths are packed.</summary>
    public TorchPass Run(Tensor x, TorchInputs inputs)
    {
        if (inputs.Lengths is not { } lengths)
        {
            var (output, h, c) = _call(x, inputs.Hidden, inputs.Cell);
            return new(output, h, c, null);
        }

        var packed = nn.utils.rnn.pack_padded_sequence(x, from_array(lengths.Select(length => (long)length).ToArray()), enforce_sorted: false);
        var (packedOutput, hidden, cell) = _packedCall(packed, inputs.Hidden, inputs.Cell);
        var (padded, _) = nn.utils.rnn.pad_packed_sequence(packedOutput, total_length: inputs.Steps);
        return new(padded, hidden, cell, null);
    }

    private static FusedLayer Plain(RnnSpec spec, ScalarType precision)
    {
        var nonLinearity = spec.Cell.Gates[0].Activation == Activation.Relu ? nn.NonLinearities.ReLU : nn.NonLinearities.Tanh;
        var layer = nn.RNN(spec.InputSize, spec.HiddenSize, spec.Layers, nonLinearity, bidirectional: spec.Bidirectional, dtype: precision);
        return WithoutCell(layer, (x, h0) => layer.call(x, h0), (x, h0) => layer.call(x, h0));
    }

    private static FusedLayer Gru(RnnSpec spec, ScalarType precision)
    {
        var layer = nn.GRU(spec.InputSize, spec.HiddenSize, spec.Layers, bidirectional: spec.Bidirectional, dtype: precision);
        return WithoutCell(layer, (x, h0) => layer.call(x, h0), (x, h0) => layer.call(x, h0));
    }

    private static FusedLayer Lstm(RnnSpec spec, ScalarType precision)
    {
        var layer = nn.LSTM(spec.InputSize, spec.HiddenSize, spec.Layers, bidirectional: spec.Bidirectional, dtype: precision);
        return new(layer, (x, h0, c0) => layer.call(x, (h0, c0!)), (x, h0, c0) => layer.call(x, (h0, c0!)));
    }

    private static FusedLayer WithoutCell(
        nn.Module module,
        Func<Tensor, Tensor, (Tensor Output, Tensor Hidden)> call,
        Func<nn.utils.rnn.PackedSequence, Tensor, (nn.utils.rnn.PackedSequence Output, Tensor Hidden)> packedCall)
    {
        return new(module, Run, RunPacked);

        (Tensor, Tensor, Tensor?) Run(Tensor x, Tensor h0, Tensor? c0)
        {
            var (output, hidden) = call(x, h0);
            return (output, hidden, null);
        }

        (nn.utils.rnn.PackedSequence, Tensor, Tensor?) RunPacked(nn.utils.rnn.PackedSequence x, Tensor h0, Tensor? c0)
        {
            var (output, hidden) = packedCall(x, h0);
            return (output, hidden, null);
        }
    }
}
