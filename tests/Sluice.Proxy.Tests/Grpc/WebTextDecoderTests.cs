using Sluice.Proxy.Grpc;

namespace Sluice.Proxy.Tests.Grpc;

/// <summary>The base64 of application/grpc-web-text, in pieces of every size.</summary>
public sealed class WebTextDecoderTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TryDecode_PiecesOfAnySize_GiveWhatWasEncoded(int seed)
    {
        var random = new Random(seed);
        var expected = new List<byte>();
        var text = "";
        for (var part = random.Next(1, 6); part > 0; part--)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            expected.AddRange(bytes);
            text += Convert.ToBase64String(bytes);
        }

        Assert.True(Decode(text, () => random.Next(1, 12), random.Next(3, 20), out var actual));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("QUJ")]
    [InlineData("A")]
    [InlineData("QUJD====")]
    [InlineData("=UJD")]
    [InlineData("QU=D")]
    [InlineData("QUJ*")]
    [InlineData("QUJD QUJD")]
    [InlineData("QUJD\r\n")]
    [InlineData("QUJ_")]
    public void TryDecode_WhatIsNoBase64_IsNoticedWhereverItIsCut(string text)
    {
        for (var size = 1; size <= text.Length; size++)
            Assert.False(Decode(text, () => size, 30, out _));
    }

    private static bool Decode(string text, Func<int> size, int room, out List<byte> bytes)
    {
        bytes = [];
        var decoder = default(WebTextDecoder);
        var target = new byte[room];
        var source = System.Text.Encoding.ASCII.GetBytes(text).AsSpan();
        while (source.Length > 0)
        {
            var piece = source[..Math.Min(size(), source.Length)];
            source = source[piece.Length..];
            while (piece.Length > 0)
            {
                if (!decoder.TryDecode(piece, target, out var consumed, out var written))
                    return false;
                Assert.True(consumed > 0);
                bytes.AddRange(target[..written]);
                piece = piece[consumed..];
            }
        }

        return decoder.IsComplete;
    }
}
