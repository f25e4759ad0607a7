using RnnCompare.Equations.Derivation;
using RnnCompare.Equations.Expressions;
using RnnCompare.Models;

namespace RnnCompare.Equations.Programs;

/// <summary>The read-out of a network as a program: y from the top layer's states, and back from the loss to their adjoint.</summary>
/// <remarks>
/// Cross-entropy of softmax: p = softmax(y), dy = (p − target) ⊙ lossWeight with the target as a one-hot row; squared error
/// ½·Σ(y − t)²: dy = (y − target) ⊙ lossWeight. The loss weight of a step and sequence is what its loss counts: 1 for a sum,
/// 1 / N for a mean over N outputs, 0 where there is no output.
/// </remarks>
public static class LossStatements
{
    /// <summary>The target of the loss.</summary>
    public const string Target = "target";

    /// <summary>What the loss of an output is multiplied by.</summary>
    public const string LossWeight = "lossWeight";

    /// <summary>The outputs; for cross-entropy logits.</summary>
    public const string Output = "y";

    /// <summary>The probabilities of cross-entropy.</summary>
    public const string Probabilities = "p";

    /// <summary>The adjoint of the outputs.</summary>
    public const string OutputAdjoint = "dy";

    /// <summary>The program of a read-out.</summary>
    /// <param name="readOut">The read-out.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="features">The length of what is read: that of a state, or of the states of both directions.</param>
    public static StepProgram Of(ReadOut readOut, LossKind loss, Dimension features)
    {
        ArgumentNullException.ThrowIfNull(readOut);
        var scope = new Scope();
        var shape = Shape.Vector(Dimension.O);
        scope.Declare(new(readOut.State, VariableRole.Input, Shape.Vector(features)));
        scope.Declare(new(readOut.Weight, VariableRole.Weight, readOut.WeightShape(features)));
        scope.Declare(new(Output, VariableRole.Value, shape));
        scope.Declare(new(Target, VariableRole.Input, shape));
        scope.Declare(new(LossWeight, VariableRole.Input, Shape.Scalar));
        List<string> wanted = [readOut.Weight];
        if (readOut.Bias is { } bias)
        {
            scope.Declare(new(bias, VariableRole.Weight, Shape.Weight(Dimension.O)));
            wanted.Add(bias);
        }

        List<Statement> forward = [new(new(Output), readOut.Value)];
        var output = new Reference(Output);
        if (loss == LossKind.CrossEntropy)
        {
            scope.Declare(new(Probabilities, VariableRole.Value, shape));
            forward.Add(new(new(Probabilities), new Apply(Function.Softmax, output)));
            output = new(Probabilities);
        }

        var dy = Algebra.Multiply(Algebra.Subtract(output, new Reference(Target)), new Reference(LossWeight));
        var backward = BackwardSteps.Of([forward[0]], scope, [(Output, dy)], [.. wanted, readOut.State]);
        return new() { Scope = scope, Forward = [.. forward], Backward = [.. backward.Select(Renamed)] };

        // What leaves the read-out is what enters the top layer from outside of its recurrence.
        Statement Renamed(Statement statement)
        {
            if (statement.Name != AdjointNames.Of(readOut.State))
            {
                return statement;
            }

            var name = AdjointNames.Out(readOut.State);
            scope.Declare(new(name, VariableRole.Adjoint, Shape.Vector(features)));
            return statement with { Target = new(name) };
        }
    }
}
