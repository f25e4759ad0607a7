using RnnCompare.Checking.Replay;
using RnnCompare.Models;

namespace RnnCompare.Checking.Faults;

/// <summary>Mistakes between the loss and dy.</summary>
internal static class OutputErrorFaults
{
    public static IEnumerable<Fault> For(FaultContext context)
    {
        return [.. Formulas(context), .. Steps(context)];
    }

    private static IEnumerable<Fault> Formulas(FaultContext context)
    {
        var crossEntropy = context.Spec.Loss == LossKind.CrossEntropy;
        var right = crossEntropy ? "dy[t] = softmax({y}[t]) − onehot(target)" : "dy[t] = {y}[t] − target";
        if (crossEntropy)
        {
            yield return Formula("softmax-jacobian-missing", OutputErrorFormula.TargetOnly, "dy[t] = −1/p[target] at the target, 0 elsewhere", ("dy", "−1/p at the target"));
            yield return Formula("softmax-jacobian-missing", OutputErrorFormula.ProbabilityOnly, "dy[t] = softmax({y}[t])", ("dy", "p"));
            yield return Formula("softmax-over-batch", OutputErrorFormula.SoftmaxOverBatch, "dy[t] = softmax({y}[t]) over the whole batch − onehot(target)", ("where", "backward"));
            yield return FaultFactory.InForward(
                "softmax-over-batch",
                Statement.Softmax | Statement.LossSum | Statement.OutputError,
                forward => forward with { Loss = LossValue.SoftmaxOverBatch },
                "p = exp({y}[t]) / Σ over the batch and the classes",
                "p = exp({y}[t]) / Σ over the classes",
                ("where", "forward and backward"));
        }

        yield return Formula(
            "squared-error-through-softmax",
            OutputErrorFormula.OtherLoss,
            crossEntropy ? "dy[t] = {y}[t] − onehot(target)" : "dy[t] = softmax({y}[t]) − target");
        Fault Formula(string id, OutputErrorFormula formula, string wrong, params (string, string)[] parameters)
        {
            return FaultFactory.InOutputError(id, Statement.OutputError | Statement.Softmax, error => error with { Formula = formula }, wrong, right, parameters);
        }
    }

    private static IEnumerable<Fault> Steps(FaultContext context)
    {
        if (context.Spec.Outputs == OutputMode.LastStep)
        {
            yield break;
        }

        yield return FaultFactory.InOutputError(
            "outputs-only-last-step",
            Statement.OutputSteps,
            error => error with { OnlyLastStep = true },
            "dy[t] = 0 but at the last step",
            "dy[t] at every step that the loss counts");
        yield return Shifted("target-off-by-one", TargetStep.NextDropping, "target[t+1], the last step without", ("direction", "next"), ("end", "dropped"));
        yield return Shifted("target-off-by-one", TargetStep.NextWrapping, "target[t+1], the last step with target[0]", ("direction", "next"), ("end", "wraps"));
        yield return Shifted("target-off-by-one", TargetStep.PreviousDropping, "target[t-1], the first step without", ("direction", "previous"), ("end", "dropped"));
        yield return Shifted("target-off-by-one", TargetStep.PreviousWrapping, "target[t-1], the first step with target[T-1]", ("direction", "previous"), ("end", "wraps"));
        if (context.HasPadding)
        {
            yield return Shifted("target-off-by-one", TargetStep.NextRolled, "target[t+1] of the padded batch, step T − 1 with target[0]", ("direction", "next"), ("end", "rolls over the padding"));
            yield return Shifted("target-off-by-one", TargetStep.PreviousRolled, "target[t-1] of the padded batch, the first step with target[T-1]", ("direction", "previous"), ("end", "rolls over the padding"));
        }

        yield return Shifted("targets-reversed", TargetStep.Reversed, "target[T-1-t]", ("index", "T-1-t"));
        yield return Shifted("targets-reversed", TargetStep.ReversedShifted, "target[-t]", ("index", "-t"));

        static Fault Shifted(string id, TargetStep targets, string wrong, params (string, string)[] parameters)
        {
            return FaultFactory.InOutputError(
                id, Statement.Targets, error => error with { Targets = targets }, $"dy[t] compares with {wrong}", "dy[t] compares with target[t]", parameters);
        }
    }
}
