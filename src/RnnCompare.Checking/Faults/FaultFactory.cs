using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Short forms in which the catalogue is written.</summary>
internal static class FaultFactory
{
    /// <summary>A mistake in the loop back through time.</summary>
    public static Fault InLoop(string id, Statement edits, Func<RecurrenceVariant, RecurrenceVariant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return Make(id, edits, variant => variant with { Recurrence = edit(variant.Recurrence) }, wrong, right, parameters);
    }

    /// <summary>A mistake in the sums over steps and sequences.</summary>
    public static Fault InSums(string id, Statement edits, Func<SumVariant, SumVariant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return Make(id, edits, variant => variant with { Sums = edit(variant.Sums) }, wrong, right, parameters);
    }

    /// <summary>A mistake in what is done with finished gradients.</summary>
    public static Fault InFinish(string id, Statement edits, Func<FinishVariant, FinishVariant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return Make(id, edits, variant => variant with { Finish = edit(variant.Finish) }, wrong, right, parameters);
    }

    /// <summary>A mistake between the loss and dy.</summary>
    public static Fault InOutputError(string id, Statement edits, Func<OutputErrorVariant, OutputErrorVariant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return Make(id, edits, variant => variant with { OutputError = edit(variant.OutputError) }, wrong, right, parameters);
    }

    /// <summary>A mistake in the forward pass.</summary>
    public static Fault InForward(string id, Statement edits, Func<ForwardVariant, ForwardVariant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return Make(id, edits, variant => variant with { Forward = edit(variant.Forward) }, wrong, right, parameters);
    }

    /// <summary>Any mistake.</summary>
    public static Fault Make(string id, Statement edits, Func<Variant, Variant> edit, string wrong, string right, params (string Name, string Value)[] parameters)
    {
        return new()
        {
            Id = id,
            Edits = edits,
            Edit = edit,
            Wrong = wrong,
            Right = right,
            Parameters = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value),
        };
    }
}
