using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Cells;

/// <summary>Neighbouring statements whose products take the same vectors: one product serves them all.</summary>
internal sealed class TorchGates
{
    private readonly List<(Reference Vector, Tensor Matrix)> _products = [];
    private readonly int[] _lengths;
    private readonly Tensor[]? _known; // for every step, (B, sum of lengths)
    private readonly Tensor? _bias;

    private TorchGates(IReadOnlyList<Statement> statements, CellEquations equations, TorchWeights weights, Tensor inputs, int batchSize)
    {
        Names = [.. statements.Select(statement => statement.Name)];
        _lengths = [.. Names.Select(name => equations.Step.Scope[name].Shape.Last.Evaluate(weights.Letters))];
        var scope = equations.Step.Scope;
        var terms = statements.Select(LinearTerms).ToList();
        var biases = terms.Select(list => list.Select(term => term.Value).OfType<Reference>().Select(bias => bias.Name).ToList()).ToList();
        for (var i = 0; i < biases[0].Count; i++)
        {
            var bias = weights.Behind([.. biases.Select(names => names[i])]);
            _bias = _bias is null ? bias : _bias + bias;
        }

        Tensor? known = null;
        var products = terms.Select(list => list.Select(term => term.Value).OfType<MatrixProduct>().ToList()).ToList();
        for (var i = 0; i < products[0].Count; i++)
        {
            var vector = (Reference)VectorOf(products[0][i], scope);
            var areRows = vector == products[0][i].Left;
            var matrix = weights.SideBySide([.. products.Select(list => areRows ? list[i].Right : list[i].Left)], areRows);
            if (vector.Name != Scope.Input)
            {
                _products.Add((vector, matrix));
                continue;
            }

            var product = inputs.dim() == 1 ? matrix.index_select(0, inputs) : inputs.mm(matrix);
            known = known is null ? product : known + product;
        }

        if (known is not null)
        {
            known = _bias is null ? known : known + _bias;
            _known = known.view(-1, batchSize, _lengths.Sum()).unbind(0);
        }

        IReadOnlyList<Term> LinearTerms(Statement statement) => [.. TermsOf(statement.Value is Apply apply ? apply.Argument : statement.Value).Where(term => IsLinear(term, scope))];
    }

    /// <summary>The names that the statements write.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The first of them, before which the sums have to be there.</summary>
    public string First => Names[0];

    /// <summary>Finds the groups of a step.</summary>
    public static List<TorchGates> Of(CellEquations equations, TorchWeights weights, Tensor inputs, int batchSize)
    {
        var groups = new List<List<Statement>>();
        var last = "";
        foreach (var statement in equations.Step.Forward)
        {
            var signature = SignatureOf(statement, equations.Step.Scope);
            if (signature.Length > 0 && signature == last)
            {
                groups[^1].Add(statement);
            }
            else if (signature.Length > 0)
            {
                groups.Add([statement]);
            }

            last = signature;
        }

        return [.. groups.Select(group => new TorchGates(group, equations, weights, inputs, batchSize))];
    }

    /// <summary>Computes the sums of the products and biases of a step.</summary>
    /// <param name="t">The step.</param>
    /// <param name="valueOf">Gives a vector.</param>
    /// <param name="sums">Takes the sum of each statement.</param>
    public void Compute(int t, Func<Reference, Tensor> valueOf, Dictionary<string, Tensor> sums)
    {
        var total = _known?[t];
        foreach (var (vector, matrix) in _products)
        {
            var product = valueOf(vector).mm(matrix);
            total = total is null ? product : total + product;
        }

        total = _known is null && _bias is not null ? total! + _bias : total!;
        var start = 0L;
        for (var i = 0; i < Names.Count; i++)
        {
            sums[Names[i]] = Names.Count == 1 ? total : total.narrow(1, start, _lengths[i]);
            start += _lengths[i];
        }
    }

    /// <summary>The vector of a product of a vector and a weight.</summary>
    public static Expression VectorOf(MatrixProduct product, Scope scope) => scope.ShapeOf(product.Left).IsVector ? product.Left : product.Right;

    /// <summary>The terms of a sum, or the one that an expression is.</summary>
    public static IReadOnlyList<Term> TermsOf(Expression expression) => expression is Sum sum ? sum.Terms : [new(expression)];

    /// <summary>Whether a term is a product of a vector and a weight, or a bias.</summary>
    public static bool IsLinear(Term term, Scope scope)
    {
        return !term.IsNegative && term.Value switch
        {
            MatrixProduct product => VectorOf(product, scope) is Reference,
            Reference reference => scope[reference.Name] is { Role: VariableRole.Weight, Shape.IsVector: true },
            _ => false,
        };
    }

    // What is multiplied, in its order, and how many biases there are; empty where there is no product.
    private static string SignatureOf(Statement statement, Scope scope)
    {
        var terms = TermsOf(statement.Value is Apply apply ? apply.Argument : statement.Value).Where(term => IsLinear(term, scope)).Select(term => term.Value).ToList();
        var products = terms.OfType<MatrixProduct>().Select(product => VectorOf(product, scope)).Select((vector, i) => $"{vector}{(vector == terms.OfType<MatrixProduct>().ElementAt(i).Left ? "·" : "")}").ToList();
        return products.Count == 0 ? "" : string.Join(" ", products) + new string('+', terms.Count - products.Count);
    }
}
