using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Programs;

/// <summary>The linear layer behind the top state: its names, and how the weight is written.</summary>
/// <param name="State">The state that it reads.</param>
/// <param name="Weight">The name of its matrix.</param>
/// <param name="Bias">The name of its bias; null where it has none.</param>
/// <param name="IsRow">Whether the state stands before the weight, as a row.</param>
/// <param name="IsTransposed">Whether the weight is transposed in the equation.</param>
public sealed record ReadOut(string State, string Weight, string? Bias, bool IsRow, bool IsTransposed)
{
    /// <summary>Whether the weight is stored (O, H), one row for each output, as engines have it.</summary>
    public bool IsOutputMajor => IsRow == IsTransposed;

    /// <summary>The right side of y's equation.</summary>
    public Expression Value
    {
        get
        {
            Expression weight = IsTransposed ? new Transpose(new Reference(Weight)) : new Reference(Weight);
            var state = new Reference(State);
            Expression product = IsRow ? new MatrixProduct(state, weight) : new MatrixProduct(weight, state);
            return Bias is null ? product : new Sum([new(product), new(new Reference(Bias))]);
        }
    }

    /// <summary>The shape of the weight.</summary>
    public Shape WeightShape(Dimension features) => IsOutputMajor ? Shape.Weight(Dimension.O, features) : Shape.Weight(features, Dimension.O);

    /// <summary>The read-out that an equation says.</summary>
    /// <param name="state">The state that is handed on.</param>
    /// <param name="value">The right side.</param>
    /// <returns>Null where it is not the product of that state, as it is after the step, and one matrix, with or without a bias.</returns>
    public static ReadOut? From(string state, Expression value)
    {
        var (product, bias) = value switch
        {
            MatrixProduct alone => (alone, null),
            Sum { Terms: [{ IsNegative: false, Value: MatrixProduct first }, { IsNegative: false, Value: Reference second }] } => (first, second.Name),
            Sum { Terms: [{ IsNegative: false, Value: Reference first }, { IsNegative: false, Value: MatrixProduct second }] } => (second, first.Name),
            _ => (null, null),
        };
        var handedOn = new Reference(state);
        var isRow = product is not null && product.Left.Equals(handedOn);
        if (product is null || !(isRow || product.Right.Equals(handedOn)))
        {
            return null;
        }

        return (isRow ? product.Right : product.Left) switch
        {
            Reference weight => new(state, weight.Name, bias, isRow, IsTransposed: false),
            Transpose { Operand: Reference weight } => new(state, weight.Name, bias, isRow, IsTransposed: true),
            _ => null,
        };
    }
}
