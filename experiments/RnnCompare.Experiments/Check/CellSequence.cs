using RnnCompare.Checking.Comparison;
using RnnCompare.Engines;
using RnnCompare.Numerics;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>Checks the cell states of every step, which a forward pass keeps to itself: each is the last state of the sequence cut there.</summary>
internal static class CellSequence
{
    /// <summary>Compares them; null where the prototype gives none.</summary>
    public static TensorComparison? Compare(SavedPrototype saved, IRnnEngine<double> manual)
    {
        if (saved.Claims.FirstOrDefault(claim => claim.Tensor == SavedPrototype.CellStates) is not { } claim)
        {
            return null;
        }

        var right = new NdArray<double>([.. claim.Values.Shape]);
        for (var step = 0; step < saved.Batch.Steps; step++)
        {
            var inputs = saved.Batch.Inputs;
            var cut = saved.Batch with { Inputs = inputs.Tokens is { } tokens ? new(tokens.Cut(0, step + 1)) : new(inputs.Values!.Cut(0, step + 1)), Targets = null, LossWeights = null };
            manual.Forward(cut).FinalState.Cell!.Span.CopyTo(right.Step(step));
        }

        // h = o ⊙ tanh c errs by as much of itself as c does, or less where tanh is flat.
        return StateTolerance.Compare(saved, claim, right, manual);
    }
}
