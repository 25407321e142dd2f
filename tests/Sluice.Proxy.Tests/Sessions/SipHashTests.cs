using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Tests.Sessions;

/// <summary>Vectors of the reference implementation: key 00..0f, inputs of 0, 1, 2, ... octets 00, 01, 02, ...</summary>
public sealed class SipHashTests
{
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    [InlineData(63, 0x958a324ceb064572)]
    public void Compute_ReferenceVector_IsMet(int length, ulong expected)
    {
        byte[] key = [.. Enumerable.Range(0, SipHash.KeySize).Select(i => (byte)i)];
        byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)i)];

        Assert.Equal(expected, SipHash.Compute(key, data));
    }
}
