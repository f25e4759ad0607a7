using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the constructors of RNN, LSTM and GRU take.</summary>
internal sealed record RecurrentOptions(
    long InputSize, long HiddenSize, long Layers, bool Bias, bool BatchFirst, double Dropout, bool Bidirectional, ScalarType? Type)
{
    public long Directions => Bidirectional ? 2 : 1;
}
