using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Acl;

namespace Sluice.Proxy.Tests.Filters.Acl;

/// <summary>The trie finds what looking at every prefix finds, however they overlap.</summary>
public sealed class PrefixTrieProperties
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 50)]
    [InlineData(3, 500)]
    [InlineData(4, 2000)]
    public void Find_IsTheLongestThatHolds(int seed, int count)
    {
        var random = new Random(seed);
        var trie = new PrefixTrie();
        var prefixes = new Dictionary<IpPrefix, int>();
        for (int i = 0; i < count; i++)
        {
            int length = random.Next(129);
            var prefix = new IpPrefix(Address(random) & IpPrefix.Mask(length), length);
            bool isNew = prefixes.TryAdd(prefix, i);

            Assert.Equal(isNew, trie.TryAdd(prefix, i, out int known));
            Assert.Equal(prefixes[prefix], known);
        }

        IpPrefix[] all = [.. prefixes.Keys];
        for (int i = 0; i < 2000; i++)
        {
            UInt128 address = i % 2 == 0 ? Address(random) : all[random.Next(all.Length)].Bits | (Address(random) & 0xff);
            int expected = all.Where(prefix => prefix.Contains(address)).OrderByDescending(prefix => prefix.Length).Select(prefix => prefixes[prefix]).FirstOrDefault(-1);
            Assert.Equal(expected, trie.Find(address));
        }
    }

    [Fact]
    public void Find_InNone_IsNothing() => Assert.Equal(-1, new PrefixTrie().Find(5));

    // Few bits set, so that prefixes meet.
    private static UInt128 Address(Random random) => (UInt128.One << random.Next(128)) | (UInt128.One << random.Next(120, 128));
}
