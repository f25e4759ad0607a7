namespace TorchSharp;

public static partial class torch
{
    /// <summary>The innermost open scope of this thread, or null.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.Innermost;

    /// <summary>Opens a scope inside the current one of this thread; the caller ends it by disposing of it.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Begin();
}
