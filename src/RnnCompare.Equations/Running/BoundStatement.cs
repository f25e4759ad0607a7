using System.Numerics;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Programs;

namespace RnnCompare.Equations.Running;

/// <summary>A statement bound to memory.</summary>
/// <typeparam name="T">The precision.</typeparam>
internal sealed class BoundStatement<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _shift;
    private readonly bool _adds;
    private readonly Node<T> _value;

    // What of a sum is known before the loop, and what comes to it in the loop.
    private readonly Node<T>? _known;
    private readonly Node<T>? _rest;
    private readonly Function? _function;
    private readonly Disturbance<T>? _disturbance;

    /// <summary>Binds a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="scope">What the names stand for.</param>
    /// <param name="memory">Where they stand.</param>
    /// <param name="phase">When it is computed.</param>
    /// <param name="isKnown">Says of a name whether its values are known at all steps before the loop.</param>
    /// <exception cref="ArgumentException">Operands do not fit each other or the target.</exception>
    public BoundStatement(Statement statement, Scope scope, StepMemory<T> memory, Phase phase, Func<string, bool> isKnown)
    {
        Phase = phase;
        IsDelicate = statement.Value.Parts().Any(part => part is Quotient or Apply or Power { Exponent: < 0 });
        Role = scope[statement.Name].Role;
        Target = memory.Declare(scope[statement.Name]);

        // The adjoint of a value that is the same at every step, as a function of weights alone is, adds up over the steps.
        _adds = statement.Adds || (Target.IsShared && Role == VariableRole.Adjoint);
        _shift = Target.IsShared ? 0 : memory.RowsAway(statement.Target.Shift);
        var binder = new Binder<T>(scope, memory);
        _value = binder.Bind(statement.Value);
        var isMisfit = _value.IsVector && (!Target.IsVector || _value.Columns != Target.Columns || (Target.IsShared && _value.MatrixRows != Target.Rows));
        if (isMisfit || (Target.IsShared && !_value.IsShared))
        {
            throw new ArgumentException($"'{statement}' gives {(_value.IsShared ? _value.MatrixRows : 1)} × {_value.Columns} elements to {(Target.IsShared ? Target.Rows : 1)} × {Target.Columns}.");
        }

        if (phase == Phase.Loop && !statement.Adds)
        {
            var (function, argument) = statement.Value is Apply apply ? (apply.Function, apply.Argument) : (null, statement.Value);
            if (argument is Sum sum && sum.Terms.ToLookup(term => IsKnown(term.Value, isKnown)) is var terms && terms[true].Any(term => term.Value is MatrixProduct) && terms[false].Any())
            {
                _function = function;
                _known = binder.BindSum([.. terms[true]]);
                _rest = binder.BindSum([.. terms[false]]);
            }
        }

        // A function disturbs its own result.
        _disturbance = _value is ApplyNode<T> && _rest is null ? null : memory.Disturbance;
    }

    public Phase Phase { get; }

    public VariableRole Role { get; }

    public Operand<T> Target { get; }

    /// <summary>Whether the target is one for all steps.</summary>
    public bool IsSum => Target.IsShared;

    public bool Adds => _adds;

    /// <summary>Whether zeros may make infinities or NaN of it.</summary>
    public bool IsDelicate { get; }

    public void Prepare()
    {
        _value.Prepare();
        _known?.Prepare();
        _rest?.Prepare();
    }

    /// <summary>Computes what is known of a statement of the loop at all steps.</summary>
    public void ComputeKnown(Block all) => _known?.Write(all, Target.At(all, _shift));

    /// <summary>Computes the statement for some rows.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="isOneStep">Whether they are of one step, at which the adjoint of what all steps share is that of this step alone.</param>
    public void Compute(Block block, bool isOneStep = false)
    {
        var target = Target.IsShared ? Target.Shared : Target.At(block, _shift);
        if (_rest is not null)
        {
            _rest.Accumulate(block, target, SpreadingOf(_rest), Target.Columns, isNegative: false);
            _function?.Evaluate(target, target, Target.Columns);
        }
        else if (_adds && !(isOneStep && Role == VariableRole.Adjoint))
        {
            _value.Accumulate(block, target, SpreadingInTarget, Target.Columns, isNegative: false);
        }
        else if (SpreadingInTarget == Spreading.Full)
        {
            _value.Write(block, target);
        }
        else
        {
            target.Clear();
            _value.Accumulate(block, target, SpreadingInTarget, Target.Columns, isNegative: false);
        }

        _disturbance?.Invoke(target);
    }

    /// <summary>Writes zeros for some rows.</summary>
    public void Clear(Block block) => Target.At(block, _shift).Clear();

    /// <summary>Hands on, for sequences that are past their end, what the step before or after has.</summary>
    public void Hold(Block block, int rowsToPrevious)
    {
        // A state goes on from the step before; a carry goes back to it.
        var (from, to) = Role == VariableRole.State ? (rowsToPrevious, 0) : (0, rowsToPrevious);
        Target.At(block, from).CopyTo(Target.At(block, to));
    }

    private Spreading SpreadingInTarget => SpreadingOf(_value);

    private Spreading SpreadingOf(Node<T> value) => (value.IsShared == Target.IsShared, value.IsVector == Target.IsVector) switch
    {
        (true, true) => Spreading.Full,
        (false, _) => value.IsVector ? Spreading.Row : Spreading.One,
        _ => Target.IsShared ? Spreading.One : Spreading.Column,
    };

    private static bool IsKnown(Expression expression, Func<string, bool> isKnown) => expression.Parts().OfType<Reference>().All(reference => isKnown(reference.Name));
}
