using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace RnnCompare.Torch.Build
{
    /// <summary>
    /// Marks the requirement of GLIBCXX_3.4.32 weak (VER_FLG_WEAK) in a folder's copy of libLibTorchSharp.so, where the
    /// system's libstdc++ lacks that version and the only symbol of that version is one that is never called.
    /// </summary>
    /// <remarks>
    /// The layout is that of the ELF and Linux Standard Base specifications (Elf64_Shdr, Elf64_Verneed, Elf64_Vernaux,
    /// Elf64_Sym). The file is replaced and never written in place, since it may be a link into the package cache.
    /// </remarks>
    public sealed class RelaxLibstdcppRequirement : Task
    {
        private const string Version = "GLIBCXX_3.4.32";
        private const string UnusedSymbol = "_ZSt21ios_base_library_initv";
        private const int VersionNeeds = 0x6ffffffe, SymbolVersions = 0x6fffffff, DynamicSymbols = 11;
        private const ushort Weak = 2;

        private byte[] _image;

        /// <summary>The output folder.</summary>
        [Required]
        public string Folder { get; set; }

        /// <inheritdoc/>
        public override bool Execute()
        {
            if (SystemHasVersion())
            {
                return true;
            }

            foreach (var path in new[] { "runtimes/linux-x64/native/libLibTorchSharp.so", "libLibTorchSharp.so" }.Select(name => Path.Combine(Folder, name)).Where(File.Exists))
            {
                _image = File.ReadAllBytes(path);
                var flags = FlagsOfRequirement();
                if (flags is int position && BitConverter.ToUInt16(_image, position) == 0)
                {
                    _image[position] = (byte)Weak;
                    Replace(path);
                    Log.LogMessage(MessageImportance.High, $"{Path.GetFileName(path)}: requirement of {Version} marked weak, since this system's libstdc++ is older ({path}).");
                }
            }

            return true;
        }

        // The runtime that executes this has libstdc++ loaded.
        private static bool SystemHasVersion()
        {
            var library = File.ReadLines("/proc/self/maps").FirstOrDefault(line => line.Contains("/libstdc++.so.6"));
            return library is null || Encoding.ASCII.GetString(File.ReadAllBytes(library.Substring(library.IndexOf('/')))).Contains(Version + "\0");
        }

        // Where the flags of the requirement stand; null where there is none, or where a symbol that is used depends on it.
        private int? FlagsOfRequirement()
        {
            var elf64 = _image.Length > 64 && _image[0] == 0x7f && _image[1] == 'E' && _image[2] == 'L' && _image[3] == 'F' && _image[4] == 2;
            if (!elf64 || Section(VersionNeeds) is not { } needs)
            {
                return null;
            }

            for (int need = needs.Offset, next = -1; next != 0; need += next)
            {
                next = Int32(need + 12);
                for (int version = need + Int32(need + 8), following = -1; following != 0; version += following)
                {
                    following = Int32(version + 12);
                    if (Text(needs.Link, Int32(version + 8)) == Version)
                    {
                        return OnlyUnusedSymbolHas(UInt16(version + 6)) ? version + 4 : (int?)null;
                    }
                }
            }

            return null;
        }

        private bool OnlyUnusedSymbolHas(ushort index)
        {
            if (Section(SymbolVersions) is not { } versions || Section(DynamicSymbols) is not { } symbols)
            {
                return false;
            }

            return Enumerable.Range(0, symbols.Size / 24)
                .Where(i => UInt16(versions.Offset + (2 * i)) == index)
                .All(i => Text(symbols.Link, Int32(symbols.Offset + (24 * i))) == UnusedSymbol);
        }

        private (int Offset, int Size, int Link)? Section(int type)
        {
            for (var i = 0; i < UInt16(60); i++)
            {
                var header = Header(i);
                if (Int32(header + 4) == type)
                {
                    return (Int32(header + 24), Int32(header + 32), Int32(header + 40));
                }
            }

            return null;
        }

        private int Header(int section) => Int32(40) + (section * UInt16(58));

        private string Text(int section, int position)
        {
            var start = Int32(Header(section) + 24) + position;
            return Encoding.ASCII.GetString(_image, start, Array.IndexOf(_image, (byte)0, start) - start);
        }

        private int Int32(int position) => BitConverter.ToInt32(_image, position);

        private ushort UInt16(int position) => BitConverter.ToUInt16(_image, position);

        private void Replace(string path)
        {
            // With the time of the original, so that the next build does not copy it again.
            var time = File.GetLastWriteTimeUtc(path);
            var copy = path + ".new";
            File.WriteAllBytes(copy, _image);
            File.SetLastWriteTimeUtc(copy, time);
            File.Delete(path);
            File.Move(copy, path);
        }
    }
}
