using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine.Native;

/// <summary>struct mmsghdr of 64-bit Linux (the same on x64 and arm64).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DatagramMessage
{
    public MessageHeader Header;

    /// <summary>Bytes received or sent.</summary>
    public uint Length;
}
