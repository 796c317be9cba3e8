image-kind = Choose a PNG, JPEG, WebP or GIF image.
image-broken = The image is damaged and cannot be read. Open it, save it again and choose it again.
image-too-large = The image is too large (over 40 million pixels). Make it smaller and choose it again.
