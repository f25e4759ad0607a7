using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>The adjoints of the state between two steps.</summary>
/// <param name="dh">(B, H).</param>
/// <param name="dc">(B, H); unused by cells without a cell state.</param>
/// <typeparam name="T">The precision.</typeparam>
internal readonly record struct StepAdjoints<T>(NdArray<T> dh, NdArray<T> dc)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static StepAdjoints<T> Zeros(LayerTape<T> tape) => new(new(tape.BatchSize, tape.HiddenSize), new(tape.BatchSize, tape.HiddenSize));
}
