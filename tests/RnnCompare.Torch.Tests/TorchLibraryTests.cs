namespace RnnCompare.Torch.Tests;

public class TorchLibraryTests
{
    [Fact]
    public void Library_IsAvailableHere()
    {
        Assert.True(TorchLibrary.IsAvailable, TorchLibrary.Problem);
        TorchLibrary.Require();
    }

    [Fact]
    public void LibraryThatIsNoLibrary_IsNamedWithItsReasonInOneLine()
    {
        var path = Path.Combine(Path.GetTempPath(), $"libLibTorchSharp-{Guid.NewGuid():N}.so");
        File.WriteAllText(path, "no library at all, but longer than a header would be, so that a loader looks at it");
        try
        {
            var problem = TorchLibrary.Load(path);
            Assert.NotNull(problem);
            Assert.StartsWith($"TorchSharp's library {Path.GetFileName(path)} cannot be loaded: ", problem, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', problem);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Environment_NamesTheVersionsThatAreMeasured()
    {
        var environment = TorchEnvironment.Current();
        Assert.Equal(("0.107.0", "2.10.0"), (environment.TorchSharpVersion, environment.LibTorchVersion));
        Assert.InRange(environment.Threads, 1, int.MaxValue);
    }
}
