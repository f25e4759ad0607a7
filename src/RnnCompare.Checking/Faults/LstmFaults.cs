using RnnCompare.Checking.Replay;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes in the adjoint of an LSTM's cell state.</summary>
internal static class LstmFaults
{
    private const string Total = "dc[t] = dcNext + dh[t]⊙o⊙(1 − tanh²(c[t]))";

    public static IEnumerable<Fault> For(FaultContext context)
    {
        if (!context.IsLstm)
        {
            yield break;
        }

        yield return FaultFactory.InLoop(
            "cell-carry-dropped",
            Statement.CellCarry,
            loop => loop with { CellCarry = CellCarry.Dropped },
            "dcNext is never added",
            Total);
        yield return FaultFactory.InLoop(
            "cell-gradient-assigned",
            Statement.CellCarry,
            loop => loop with { CellCarry = CellCarry.Dropped },
            "dc[t] = dh[t]⊙o⊙(1 − tanh²(c[t]))",
            "dc[t] += dh[t]⊙o⊙(1 − tanh²(c[t]))");
        yield return FaultFactory.InLoop(
            "cell-carry-without-forget",
            Statement.CellCarry,
            loop => loop with { CellCarry = CellCarry.WithoutForget },
            "dcNext = dc[t]",
            "dcNext = dc[t]⊙f");
        yield return FaultFactory.InLoop(
            "cell-tanh-missing",
            Statement.CellTanh,
            loop => loop with { CellTanhMissing = true },
            "dc[t] = dcNext + dh[t]⊙o",
            Total);
    }
}
