namespace RnnCompare.Experiments;

/// <summary>What the user gave cannot be used. The message is one line that names what, where, and what is expected.</summary>
public sealed class InputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line.</param>
    /// <param name="cause">What led to it, if anything did.</param>
    public InputException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
