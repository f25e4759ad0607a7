namespace RnnCompare.Checking.Faults;

/// <summary>The known mistakes of hand-written backpropagation through time, the simplest explanations first.</summary>
internal static class FaultCatalogue
{
    /// <summary>Every mistake, with every parameter worth trying, that a program for a network and a batch can have made.</summary>
    public static IReadOnlyList<Fault> For(FaultContext context)
    {
        return
        [
            .. CarryFaults.For(context),
            .. DerivativeFaults.For(context),
            .. LstmFaults.For(context),
            .. GruFaults.For(context),
            .. SumFaults.For(context),
            .. OutputErrorFaults.For(context),
            .. ForwardFaults.For(context),
            .. LayoutFaults.For(context),
            .. BiasFaults.For(context),
            .. ScaleFaults.For(context),
            .. CarryFaults.Truncated(context),
        ];
    }
}
