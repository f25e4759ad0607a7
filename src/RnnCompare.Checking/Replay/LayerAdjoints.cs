using System.Numerics;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Replay;

/// <summary>The adjoints of one layer in one direction at every step.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class LayerAdjoints<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public LayerAdjoints(LayerTape<T> tape)
    {
        dz = new(tape.Steps, tape.BatchSize, tape.Z.Columns);
        dm = new(tape.Steps, tape.BatchSize, tape.HiddenSize);
        dh = new(tape.Steps, tape.BatchSize, tape.HiddenSize);
        Initial = StepAdjoints<T>.Zeros(tape);
    }

    private LayerAdjoints(LayerAdjoints<T> source)
    {
        (dz, dm, dh) = (source.dz.Clone(), source.dm.Clone(), source.dh.Clone());
        Initial = new(source.Initial.dh.Clone(), source.Initial.dc.Clone());
    }

    public NdArray<T> dz { get; } // (T, B, G·H)

    public NdArray<T> dm { get; } // (T, B, H), GRU: the adjoint of the candidate's hidden product

    public NdArray<T> dh { get; } // (T, B, H), total

    /// <summary>The adjoints of the initial state.</summary>
    public StepAdjoints<T> Initial { get; set; }

    /// <summary>A copy that shares nothing.</summary>
    public LayerAdjoints<T> Clone() => new(this);
}
