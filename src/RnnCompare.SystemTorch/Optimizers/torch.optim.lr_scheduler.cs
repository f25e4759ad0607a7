namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Multiplies the rate by <paramref name="gamma"/> every <paramref name="step_size"/> epochs.</summary>
            public static LRScheduler StepLR(
                Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Decay(optimizer, step_size, gamma, last_epoch, verbose);

            /// <summary>Multiplies the rate by <paramref name="gamma"/> every epoch.</summary>
            public static LRScheduler ExponentialLR(
                Optimizer optimizer, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new Decay(optimizer, 1, gamma, last_epoch, verbose);

            /// <summary>Half a cosine from the initial rate down to <paramref name="eta_min"/> in <paramref name="T_max"/> epochs (Loshchilov and Hutter 2016).</summary>
            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0.0, int last_epoch = -1, bool verbose = false) =>
                new Cosine(optimizer, T_max, eta_min, last_epoch, verbose);

            private sealed class Decay : LRScheduler
            {
                private readonly int size;
                private readonly double gamma;

                public Decay(Optimizer optimizer, int size, double gamma, int last_epoch, bool verbose)
                    : base(optimizer, last_epoch, verbose)
                {
                    ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
                    (this.size, this.gamma) = (size, gamma);
                    step();
                }

                private protected override double Next(double rate, double initial, int epoch) =>
                    epoch == 0 || epoch % size != 0 ? rate : rate * gamma;

                private protected override double At(double initial, int epoch) => initial * Math.Pow(gamma, epoch / size);
            }

            private sealed class Cosine : LRScheduler
            {
                private readonly double length;
                private readonly double floor;

                public Cosine(Optimizer optimizer, double length, double floor, int last_epoch, bool verbose)
                    : base(optimizer, last_epoch, verbose)
                {
                    (this.length, this.floor) = (length, floor);
                    step();
                }

                // PyTorch's recursion; where the cosine of the epoch before is -1 it starts upward from the floor.
                private protected override double Next(double rate, double initial, int epoch)
                {
                    if (epoch == 0) return rate;
                    if ((epoch - 1 - length) % (2 * length) == 0)
                        return rate + ((initial - floor) * (1 - Math.Cos(Math.PI / length)) / 2);
                    return floor + ((rate - floor) * (1 + Math.Cos(Math.PI * epoch / length)) / (1 + Math.Cos(Math.PI * (epoch - 1) / length)));
                }

                private protected override double At(double initial, int epoch) =>
                    floor + ((initial - floor) * (1 + Math.Cos(Math.PI * epoch / length)) / 2);
            }
        }
    }
}
