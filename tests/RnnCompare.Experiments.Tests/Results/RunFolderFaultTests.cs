using RnnCompare.Experiments.Results;
using RnnCompare.Experiments.Tests.Training;
using RnnCompare.Experiments.Training;

namespace RnnCompare.Experiments.Tests.Results;

/// <summary>Disks that are full and folders that refuse, at the first writes in turn and at ever later ones.</summary>
public sealed class RunFolderFaultTests : IDisposable
{
    private static readonly ExperimentConfig Small = new() { HiddenSize = 5, SequenceLength = 4, Steps = 4, WarmUp = 1, EvaluateEvery = 4, LogEvery = 2, Engines = "manual", CheckpointEvery = 1 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void FullDisk_AtAnyWriteNamesWhatIsMissing()
    {
        using var experiment = Experiment.Prepare(Small);
        var result = experiment.Run(new ObserverStub(), CancellationToken.None);
        var (refused, named) = (0, 0);
        for (var writes = 0; ; writes += 1 + (writes / 2))
        {
            var (path, disk) = (Path.Combine(_folder.Path, $"{writes}"), new FillingDisk(writes));
            RunFolder folder;
            try
            {
                folder = RunFolder.Create(path, Small, force: false, disk.Create);
            }
            catch (InputException e)
            {
                Assert.Equal($"{path}: the folder cannot be written (No space left on device).", e.Message);
                refused++;
                continue;
            }

            using (folder)
            {
                folder.Begin(result.Contenders.First().Curve.Select(point => new NotedPoint("manual", point)));
                folder.Keep([]);
                folder.Write(result);
                var missing = folder.NotWritten.ToArray();
                Assert.All(missing, line => Assert.Matches("was not written: (No space left on device|files that it is made from are missing)$", line));

                // What is there is whole, and what is not there is named.
                foreach (var name in new[] { "config.json", "metrics.csv", "summary.json", "summary.md", "weights-manual.safetensors" })
                {
                    Assert.NotEqual(File.Exists(Path.Combine(path, name)), missing.Any(line => line.Contains(name, StringComparison.Ordinal)));
                }

                Assert.Empty(Directory.GetFiles(path, "*.tmp"));
                named += missing.Length;
                if (missing.Length == 0)
                {
                    break;
                }
            }
        }

        Assert.True(refused > 0 && named > 5, $"{refused} refused, {named} named");
    }

    [Fact]
    public void Folder_InUseIsRefused()
    {
        using var first = RunFolder.Create(Path.Combine(_folder.Path, "run"), Small);
        var refusal = Assert.Throws<InputException>(() => RunFolder.Create(first.Path, Small, force: true));
        Assert.Equal($"{first.Path}: another process is at work in this folder.", refusal.Message);
        Assert.Throws<InputException>(() => RunFolder.Resume(first.Path));
    }

    [Fact]
    public void Resume_RefusesDataThatChanged()
    {
        var (path, data) = (Path.Combine(_folder.Path, "run"), Path.Combine(_folder.Path, "names.txt"));
        File.WriteAllText(data, "Anna\nBob\nCarla\n");
        using (var folder = RunFolder.Create(path, Small with { Data = data }))
        {
            folder.Keep([]);
        }

        using (RunFolder.Resume(path).Folder)
        {
            // The same data: nothing to say.
        }

        File.WriteAllText(data, "Anna\nBob\nDora\n");
        var refusal = Assert.Throws<InputException>(() => RunFolder.Resume(path));
        Assert.StartsWith($"--resume {path}: {data} is not what it was when the run began (SHA-256 ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leftovers_OfACutOffSaveAreCleared()
    {
        var path = Directory.CreateDirectory(Path.Combine(_folder.Path, "run")).FullName;
        File.WriteAllText(Path.Combine(path, "checkpoint.safetensors.x1.tmp"), "half");
        using var folder = RunFolder.Create(path, Small);
        Assert.Equal(["config.json", "in-use.lock"], Directory.GetFiles(path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Permission_TakenAwayIsNamed()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            TestContext.Current.SendDiagnosticMessage("Permission_TakenAwayIsNamed: permissions do not bind this user.");
            return;
        }

        using var experiment = Experiment.Prepare(Small);
        var result = experiment.Run(new ObserverStub(), CancellationToken.None);
        using var folder = RunFolder.Create(Path.Combine(_folder.Path, "run"), Small);
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            folder.Write(result);
            Assert.Contains(folder.NotWritten, line => line.Contains("summary.json was not written: ", StringComparison.Ordinal));
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A disk with room for some writes, to whichever files.</summary>
    private sealed class FillingDisk(int writes)
    {
        private int _left = writes;

        public Stream Create(string path) => new File(path, this);

        private sealed class File(string path, FillingDisk disk) : FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
        {
            // Writes of spans come here too.
            public override void Write(byte[] buffer, int offset, int count)
            {
                disk.Take();
                base.Write(buffer, offset, count);
            }
        }

        private void Take()
        {
            if (_left-- <= 0)
            {
                throw new IOException("No space left on device");
            }
        }
    }
}
