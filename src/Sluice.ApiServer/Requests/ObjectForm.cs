namespace Sluice.ApiServer.Requests;

/// <summary>How objects are to be shown.</summary>
internal enum ObjectForm
{
    /// <summary>As they are.</summary>
    Whole,

    /// <summary>Rows of meta.k8s.io/v1 Table.</summary>
    Table,

    /// <summary>meta.k8s.io/v1 PartialObjectMetadata.</summary>
    Metadata,
}
