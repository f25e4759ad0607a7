using System.Reflection;
using RnnCompare.Cells;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Tests;

/// <summary>
/// Names that the real TorchSharp has and the provider of this build may not: one of ours that hides or meets one of them
/// compiles here and not there.
/// </summary>
public class TorchSharpNameTests
{
    // Members of torch.nn.Module that subclasses inherit.
    private static readonly HashSet<string> ModuleMembers =
    [
        "_parameters", "_named_parameters", "_named_buffers", "_to", "_toEpilog", "_deviceType", "_deviceIndex", "_internal_params",
        "_internal_buffers", "_internal_submodules", "name", "children", "modules", "named_children", "named_modules", "apply", "buffers",
        "parameters", "HType", "ReplaceBuffer", "ReplaceParameter", "RegisterComponents", "ConditionallyRegisterBuffer",
        "ConditionallyRegisterParameter", "ClearModules", "GetName", "handle", "training", "train", "eval", "to", "cpu", "cuda",
        "state_dict", "load_state_dict", "save", "load", "zero_grad", "requires_grad_", "get_buffer", "get_parameter", "add_module",
    ];

    // Types that stand directly in namespace TorchSharp.
    private static readonly HashSet<string> TopLevelTypes =
    [
        "Padding", "PaddingModes", "Scalar", "DeviceType", "DisposeScope", "DisposeScopeManager", "DisposeScopeStatistics", "Loss", "Reduction",
        "TensorExtensionMethods", "TensorIndexingSlice", "TensorStringStyle", "torch", "torchaudio", "torchvision", "Device", "Cuda",
    ];

    private static Assembly Ours => typeof(AutogradEngine<>).Assembly;

    [Fact]
    public void Modules_HideNothingThatTheyInherit()
    {
        var modules = Ours.GetTypes().Where(type => type.IsSubclassOf(typeof(nn.Module))).ToList();
        Assert.NotEmpty(modules);
        foreach (var member in modules.SelectMany(type => type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)))
        {
            var overrides = member is MethodInfo method && method.GetBaseDefinition() != method;
            Assert.False(ModuleMembers.Contains(member.Name) && !overrides, $"{member.DeclaringType!.Name}.{member.Name} hides a member of TorchSharp's nn.Module.");
        }
    }

    [Fact]
    public void Sources_DoNotImportTheNamespaceWhoseTypesWouldMeetOurs()
    {
        var ours = new[] { Ours, typeof(Engines.IRnnEngine<>).Assembly }.SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name.Split('`')[0]).ToHashSet();
        Assert.Contains("Padding", ours.Intersect(TopLevelTypes));
        foreach (var folder in new[] { "src/RnnCompare.Torch", "tests/RnnCompare.Torch.Tests" })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs", SearchOption.AllDirectories))
            {
                Assert.DoesNotContain("using " + nameof(TorchSharp) + ";", File.ReadAllText(file), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Engines_OutliveTheScopeTheyWereCreatedIn()
    {
        var spec = new RnnSpec { Cell = CellTable.Named("gru"), InputSize = 2, HiddenSize = 3, OutputSize = 4 };
        var weights = Samples.Weights<double>(spec, 1);
        FusedEngine<double> engine;
        using (NewDisposeScope())
        {
            engine = new(weights);
        }

        using (engine)
        {
            Agreement.Require(weights, engine.ReadWeights(), 0);
            engine.Train(Samples.Batch<double>(spec, 3, 2, 1, tokens: true));
        }
    }
}
