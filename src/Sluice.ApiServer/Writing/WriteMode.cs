namespace Sluice.ApiServer.Writing;

/// <summary>Which part of an object a write is about.</summary>
internal enum WriteMode
{
    /// <summary>Everything but what a subresource has to itself.</summary>
    Main,

    /// <summary>Only status.</summary>
    Status,

    /// <summary>Only a Namespace's spec.finalizers.</summary>
    Finalize,
}
