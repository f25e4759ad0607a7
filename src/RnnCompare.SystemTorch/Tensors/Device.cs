namespace TorchSharp;

/// <summary>Kinds of devices; the operating system's libtorch is built for the CPU alone.</summary>
public enum DeviceType
{
    /// <summary>The main processor.</summary>
    CPU = 0,
}

public static partial class torch
{
    /// <summary>The device of every tensor.</summary>
    public static readonly Device CPU = new();

    /// <summary>Where a tensor lives. There is one value, so a parameter of this type changes nothing.</summary>
    public class Device
    {
        internal Device()
        {
        }

        /// <summary>Always <see cref="DeviceType.CPU"/>.</summary>
        public DeviceType type => DeviceType.CPU;

        /// <summary>Always -1: the processor has no number.</summary>
        public int index => -1;

        /// <summary>Torch's notation, <c>cpu</c>.</summary>
        public override string ToString() => "cpu";
    }
}
