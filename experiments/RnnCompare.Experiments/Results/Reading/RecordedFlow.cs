namespace RnnCompare.Experiments.Results.Reading;

/// <summary>One measurement of gradient flow in <c>flow.json</c>; what was not measured is empty or null. A name is an engine, a gate or a layer, with layer and direction where these do not go without saying.</summary>
public sealed record RecordedFlow
{
    /// <summary>What was measured: <c>trained weights</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it shows, in words; null where the file has no such sentence.</summary>
    public string? Sentence { get; init; }

    /// <summary>‖dL/dh_t‖ by step, of the whole loss.</summary>
    public required IReadOnlyList<NamedValues> Norms { get; init; }

    /// <summary>‖dL_T/dh_{T−k}‖ by steps back, of the loss of each sequence's last step alone.</summary>
    public required IReadOnlyList<NamedValues> Back { get; init; }

    /// <summary>What bounds <see cref="Back"/>; empty where nothing does.</summary>
    public IReadOnlyList<double> Bound { get; init; } = [];

    /// <summary>What the bound says, in words; null where there is none.</summary>
    public string? BoundSentence { get; init; }

    /// <summary>The gates.</summary>
    public required IReadOnlyList<RecordedGate> Gates { get; init; }

    /// <summary>‖∂L_s/∂h_t‖ over (s, t).</summary>
    public required IReadOnlyList<RecordedMap> Maps { get; init; }

    /// <summary>The singular values of the step Jacobians by step: rows are steps, columns the largest, the median and the smallest.</summary>
    public required IReadOnlyList<RecordedMap> Jacobians { get; init; }

    /// <summary>The logarithms of the singular values of products of k step Jacobians: rows are k, columns the singular values.</summary>
    public required IReadOnlyList<RecordedMap> Products { get; init; }

    /// <summary>The Lyapunov exponents.</summary>
    public required IReadOnlyList<RecordedExponents> Exponents { get; init; }
}

/// <summary>Numbers with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Values">The numbers.</param>
public sealed record NamedValues(string Name, IReadOnlyList<double> Values);

/// <summary>A gate over the steps.</summary>
/// <param name="Name">The gate.</param>
/// <param name="Norms">The norm of the gradient by its pre-activation, by step.</param>
/// <param name="Low">The share of units near the lower end of the gate's range, by step.</param>
/// <param name="High">The share of units near the upper end, by step.</param>
public sealed record RecordedGate(string Name, IReadOnlyList<double> Norms, IReadOnlyList<double> Low, IReadOnlyList<double> High);

/// <summary>Numbers over two axes.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Rows">The values of the axis of rows.</param>
/// <param name="Columns">The values of the axis of columns.</param>
/// <param name="Values">A list for each row; NaN where there is no value.</param>
public sealed record RecordedMap(string Name, IReadOnlyList<double> Rows, IReadOnlyList<double> Columns, IReadOnlyList<IReadOnlyList<double>> Values);

/// <summary>Lyapunov exponents, the largest first.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Values">The exponents, in nats a step.</param>
/// <param name="Lower">The lower ends of their intervals; empty where there are none.</param>
/// <param name="Upper">The upper ends.</param>
/// <param name="Dimension">The Kaplan–Yorke dimension; NaN where it was not computed.</param>
public sealed record RecordedExponents(string Name, IReadOnlyList<double> Values, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper, double Dimension);

/// <summary>Gradient norms at some step of training.</summary>
/// <param name="Case">Which training: <c>clipping by norm 1</c>.</param>
/// <param name="Step">The training steps made before it.</param>
/// <param name="Loss">The loss of that step's batch; NaN where it was not noted.</param>
/// <param name="Norm">‖g‖ of all gradients before clipping; NaN where it was not noted.</param>
/// <param name="Clipped">The same after clipping.</param>
/// <param name="Norms">‖dL/dh_t‖ by step of the sequence.</param>
public sealed record RecordedMoment(string Case, int Step, double Loss, double Norm, double Clipped, IReadOnlyList<double> Norms);
