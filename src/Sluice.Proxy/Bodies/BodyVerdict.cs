namespace Sluice.Proxy.Bodies;

/// <summary>What an edit of a message came to.</summary>
internal enum BodyVerdict : byte
{
    /// <summary>The message goes on, changed or as it was.</summary>
    Done,

    /// <summary>It cannot be changed as it should be: the exchange is answered with 500.</summary>
    Failed,
}
