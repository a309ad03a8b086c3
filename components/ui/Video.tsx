import { useEffect, useRef } from "preact/hooks";

interface VideoProps {
  stream: MediaStream | null;
  class?: string;
  label?: string;
  testId?: string;
  /** Width divided by height of the picture, whenever it changes. */
  onAspect?: (aspect: number) => void;
}

/** A silent moving picture. The stream is set once per element: sound plays elsewhere. */
export function Video({ stream, class: classes, label, testId, onAspect }: VideoProps) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (ref.current !== null && ref.current.srcObject !== stream) ref.current.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    const element = ref.current;
    // Until it is collected as garbage, an element that is gone holds pictures of its camera, which
    // has only a few.
    return () => {
      if (element !== null) element.srcObject = null;
    };
  }, []);
  const measure = () => {
    const { videoWidth = 0, videoHeight = 0 } = ref.current ?? {};
    if (videoHeight > 0) onAspect?.(videoWidth / videoHeight);
  };
  return (
    <video
      ref={ref}
      class={classes}
      aria-label={label}
      data-testid={testId}
      autoplay
      playsInline
      muted
      disablePictureInPicture
      onLoadedMetadata={measure}
      onResize={measure}
    />
  );
}
