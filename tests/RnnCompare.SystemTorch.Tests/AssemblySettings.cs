using System.Runtime.CompilerServices;
using static TorchSharp.torch;

// Live tensors are counted over the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace RnnCompare.SystemTorch.Tests;

internal static class AssemblySettings
{
    /// <summary>The tensors here are too small for a second thread to help.</summary>
    [ModuleInitializer]
    public static void UseOneThread() => set_num_threads(1);
}
